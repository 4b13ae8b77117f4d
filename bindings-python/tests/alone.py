"""What the wheel must do with no other package and no certificate on the machine: `cargo xtask package python` runs it."""

import asyncio
import importlib.metadata

import wamid
import wamid.testing

installed = {distribution.metadata["Name"] for distribution in importlib.metadata.distributions()}
assert installed <= {"wamid", "pip", "setuptools", "wheel"}, installed

# To a host with a certificate: on the roots that the wheel brings.
wamid.Client.cloud("TOKEN", "106540352242922").close()

with wamid.testing.sandbox() as sandbox:
    with sandbox.client() as client:
        print("sent", client.send_message("+91 98765-43210", "Hello").id)

    async def main() -> None:
        async with sandbox.async_client() as client:
            print("sent", (await client.send_message("+91 98765-43210", "Hello")).id)

    asyncio.run(main())
    assert [message.to for message in sandbox.messages] == ["+919876543210"] * 2
