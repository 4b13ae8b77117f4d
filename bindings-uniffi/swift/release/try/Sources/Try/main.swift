import Wamid

let client = try Client.gateway(baseUrl: "https://example.com/whatsapp", apiKey: "API-KEY")
do {
    _ = try await client.sendMessage(phone: "nobody", message: "Hello")
} catch let error as WamidError {
    print(error.field ?? "")
}
