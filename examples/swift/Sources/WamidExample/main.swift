// The same story as in every other language: a text, a location, a template, the chats, and an error.
//
// Start a gateway first, then give its address and key:
//
//     cargo run -- demo --keep      # prints the two exports
import Wamid

let client = try Client.fromEnv()
let phone = "+91 98765-43210"

let text = try await client.sendMessage(phone: phone, message: "Your order A-1042 is on its way.")
print("text      \(text.id)")

let office = try await client.sendLocation(
    phone: phone, latitude: 28.6139, longitude: 77.2090, name: "Our Office", address: "Connaught Place, New Delhi")
print("location  \(office.id)")

let update = try await client.sendTemplate(
    phone: phone, templateName: "order_update", bodyParams: [.text(text: "Asha"), .text(text: "A-1042")])
print("template  \(update.id)")

for chat in try await client.chats() {
    print("chat      \(chat.phoneNumber) (\(chat.unreadCount) unread)")
}

do {
    _ = try await client.sendMessage(phone: "not a number", message: "Hello")
    fatalError("a wrong number must be refused")
} catch WamidError.InvalidInput(let failure) {
    print("error     \(failure.detail)")
}
