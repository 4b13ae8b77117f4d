import Wamid

let client = try Client.fromEnv()
let receipt = try await client.sendMessage(phone: "+91 98765-43210", message: "Hello")
print("sent \(receipt.id)")
