//! Written by `cargo xtask generate`: the snippets of docs/messages.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(clippy::unwrap_used, reason = "the helpers are tests, too")]

use serde_json::Value;
use wamid::{AddressMessage, Audio, Catalog, Client, ContactCard, ContactPhone, ContactRequest, Contacts, CtaUrl, Document, Error, Flow, Image, Json, List, ListRow, ListSection, Location, LocationRequest, Product, ProductList, ProductSection, Raw, Reaction, ReplyButton, ReplyButtons, Sticker, Template, Text, Video};
use wamid_sandbox::{Sandbox, SandboxOptions};

async fn sandbox() -> (Sandbox, Client) {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let client = Client::cloud(sandbox.access_token(), sandbox.phone_number_id()).graph_url(sandbox.url()).build().unwrap();
    (sandbox, client)
}

fn arrives(sandbox: &Sandbox, text: &str) {
    let messages = sandbox.messages();
    assert_eq!(messages.last().unwrap().body, serde_json::from_str::<Value>(text).unwrap());
}

#[tokio::test]
async fn address_message() -> Result<(), Error> {
    let (sandbox, client) = sandbox().await;
    let phone = "+91 98765-43210";
    client.send(
        phone,
        AddressMessage::new("Where shall we deliver to?", "IN")
            .values(Json::parse("object", r#"{"name":"Asha Rao","city":"New Delhi"}"#)?)
    ).await?;
    arrives(&sandbox, r#"{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"interactive","interactive":{"type":"address_message","body":{"text":"Where shall we deliver to?"},"action":{"name":"address_message","parameters":{"country":"IN","values":{"name":"Asha Rao","city":"New Delhi"}}}}}"#);
    Ok(())
}

#[tokio::test]
async fn audio() -> Result<(), Error> {
    let (sandbox, client) = sandbox().await;
    let phone = "+91 98765-43210";
    client.send(phone, Audio::link("https://example.com/greeting.ogg").voice(true)).await?;
    arrives(&sandbox, r#"{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"audio","audio":{"link":"https://example.com/greeting.ogg","voice":true}}"#);
    Ok(())
}

#[tokio::test]
async fn catalog() -> Result<(), Error> {
    let (sandbox, client) = sandbox().await;
    let phone = "+91 98765-43210";
    client.send(phone, Catalog::new("See what is new.").thumbnail_product_retailer_id("book-1042")).await?;
    arrives(&sandbox, r#"{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"interactive","interactive":{"type":"catalog_message","body":{"text":"See what is new."},"action":{"name":"catalog_message","parameters":{"thumbnail_product_retailer_id":"book-1042"}}}}"#);
    Ok(())
}

#[tokio::test]
async fn contact_request() -> Result<(), Error> {
    let (sandbox, client) = sandbox().await;
    let phone = "+91 98765-43210";
    client.send(phone, ContactRequest::new("May we call you about your order?")).await?;
    arrives(&sandbox, r#"{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"interactive","interactive":{"type":"request_contact_info","body":{"text":"May we call you about your order?"},"action":{"name":"request_contact_info"}}}"#);
    Ok(())
}

#[tokio::test]
async fn contacts() -> Result<(), Error> {
    let (sandbox, client) = sandbox().await;
    let phone = "+91 98765-43210";
    client.send(
        phone,
        Contacts::new([ContactCard::new("Asha's Books")
            .company("Asha's Books")
            .phones([ContactPhone::new("+91 98765-43210").kind("WORK").wa_id("919876543210")])])
    ).await?;
    arrives(&sandbox, r#"{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"contacts","contacts":[{"name":{"formatted_name":"Asha's Books","first_name":"Asha's Books"},"phones":[{"phone":"+91 98765-43210","type":"WORK","wa_id":"919876543210"}],"org":{"company":"Asha's Books"}}]}"#);
    Ok(())
}

#[tokio::test]
async fn cta_url() -> Result<(), Error> {
    let (sandbox, client) = sandbox().await;
    let phone = "+91 98765-43210";
    client.send(
        phone,
        CtaUrl::new("Your order is on its way.", "Track it", "https://example.com/t/A-1042")
            .footer("Asha's Books")
    ).await?;
    arrives(&sandbox, r#"{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"interactive","interactive":{"type":"cta_url","body":{"text":"Your order is on its way."},"footer":{"text":"Asha's Books"},"action":{"name":"cta_url","parameters":{"display_text":"Track it","url":"https://example.com/t/A-1042"}}}}"#);
    Ok(())
}

#[tokio::test]
async fn document() -> Result<(), Error> {
    let (sandbox, client) = sandbox().await;
    let phone = "+91 98765-43210";
    client.send(
        phone,
        Document::link("https://example.com/i/1042.pdf")
            .caption("Your invoice")
            .filename("invoice-1042.pdf")
    ).await?;
    arrives(&sandbox, r#"{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"document","document":{"link":"https://example.com/i/1042.pdf","caption":"Your invoice","filename":"invoice-1042.pdf"}}"#);
    Ok(())
}

#[tokio::test]
async fn flow() -> Result<(), Error> {
    let (sandbox, client) = sandbox().await;
    let phone = "+91 98765-43210";
    client.send(
        phone,
        Flow::new("How was your stay?", "Tell us")
            .flow_id("1037543291543636")
            .flow_token("stay-1042")
            .screen("RATING")
            .header("Your opinion")
    ).await?;
    arrives(&sandbox, r#"{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"interactive","interactive":{"type":"flow","header":{"type":"text","text":"Your opinion"},"body":{"text":"How was your stay?"},"action":{"name":"flow","parameters":{"flow_message_version":"3","flow_id":"1037543291543636","flow_cta":"Tell us","flow_token":"stay-1042","flow_action":"navigate","flow_action_payload":{"screen":"RATING"}}}}}"#);
    Ok(())
}

#[tokio::test]
async fn image() -> Result<(), Error> {
    let (sandbox, client) = sandbox().await;
    let phone = "+91 98765-43210";
    client.send(phone, Image::link("https://example.com/receipt.png").caption("Your receipt")).await?;
    arrives(&sandbox, r#"{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"image","image":{"link":"https://example.com/receipt.png","caption":"Your receipt"}}"#);
    Ok(())
}

#[tokio::test]
async fn list() -> Result<(), Error> {
    let (sandbox, client) = sandbox().await;
    let phone = "+91 98765-43210";
    client.send(
        phone,
        List::new(
            "When shall we come?",
            "Times",
            [
                ListSection::new([
                    ListRow::new("today-17", "17:00 to 18:00"),
                    ListRow::new("today-18", "18:00 to 19:00")
                        .description("The last van of the day")
                ]).title("Today"),
                ListSection::new([ListRow::new("tomorrow-9", "9:00 to 10:00")])
                    .title("Tomorrow")
            ]
        )
    ).await?;
    arrives(&sandbox, r#"{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"interactive","interactive":{"type":"list","body":{"text":"When shall we come?"},"action":{"button":"Times","sections":[{"title":"Today","rows":[{"id":"today-17","title":"17:00 to 18:00"},{"id":"today-18","title":"18:00 to 19:00","description":"The last van of the day"}]},{"title":"Tomorrow","rows":[{"id":"tomorrow-9","title":"9:00 to 10:00"}]}]}}}"#);
    Ok(())
}

#[tokio::test]
async fn location() -> Result<(), Error> {
    let (sandbox, client) = sandbox().await;
    let phone = "+91 98765-43210";
    client.send(
        phone,
        Location::new(28.6139, 77.209)
            .name("Our Office")
            .address("Connaught Place, New Delhi")
    ).await?;
    arrives(&sandbox, r#"{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"location","location":{"latitude":28.6139,"longitude":77.209,"name":"Our Office","address":"Connaught Place, New Delhi"}}"#);
    Ok(())
}

#[tokio::test]
async fn location_request() -> Result<(), Error> {
    let (sandbox, client) = sandbox().await;
    let phone = "+91 98765-43210";
    client.send(phone, LocationRequest::new("Where shall we deliver?")).await?;
    arrives(&sandbox, r#"{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"interactive","interactive":{"type":"location_request_message","body":{"text":"Where shall we deliver?"},"action":{"name":"send_location"}}}"#);
    Ok(())
}

#[tokio::test]
async fn product() -> Result<(), Error> {
    let (sandbox, client) = sandbox().await;
    let phone = "+91 98765-43210";
    client.send(phone, Product::new("146265584024623", "book-1042").body("It is back in stock.")).await?;
    arrives(&sandbox, r#"{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"interactive","interactive":{"type":"product","body":{"text":"It is back in stock."},"action":{"catalog_id":"146265584024623","product_retailer_id":"book-1042"}}}"#);
    Ok(())
}

#[tokio::test]
async fn product_list() -> Result<(), Error> {
    let (sandbox, client) = sandbox().await;
    let phone = "+91 98765-43210";
    client.send(
        phone,
        ProductList::new(
            "Picked for you",
            "Our novels",
            "146265584024623",
            [
                ProductSection::new(["book-1042", "book-1043"].map(String::from)).title("New"),
                ProductSection::new(["book-7"].map(String::from)).title("Classics")
            ]
        )
    ).await?;
    arrives(&sandbox, r#"{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"interactive","interactive":{"type":"product_list","header":{"type":"text","text":"Our novels"},"body":{"text":"Picked for you"},"action":{"catalog_id":"146265584024623","sections":[{"title":"New","product_items":[{"product_retailer_id":"book-1042"},{"product_retailer_id":"book-1043"}]},{"title":"Classics","product_items":[{"product_retailer_id":"book-7"}]}]}}}"#);
    Ok(())
}

#[tokio::test]
async fn raw() -> Result<(), Error> {
    let (sandbox, client) = sandbox().await;
    let phone = "+91 98765-43210";
    client.send(
        phone,
        Raw::new(
            "interactive",
            Json::parse("object", r#"{"type":"voice_call","body":{"text":"Call us"},"action":{"name":"voice_call"}}"#)?
        )
    ).await?;
    arrives(&sandbox, r#"{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"interactive","interactive":{"type":"voice_call","body":{"text":"Call us"},"action":{"name":"voice_call"}}}"#);
    Ok(())
}

#[tokio::test]
async fn reaction() -> Result<(), Error> {
    let (sandbox, client) = sandbox().await;
    let phone = "+91 98765-43210";
    client.send(
        phone,
        Reaction::new("wamid.HBgLMTY1MDUwNzY1MjAVAgARGBI5QTNDQTVCM0Q0Q0Q2RTY3RTcA", "👍")
    ).await?;
    arrives(&sandbox, r#"{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"reaction","reaction":{"message_id":"wamid.HBgLMTY1MDUwNzY1MjAVAgARGBI5QTNDQTVCM0Q0Q0Q2RTY3RTcA","emoji":"👍"}}"#);
    Ok(())
}

#[tokio::test]
async fn reply_buttons() -> Result<(), Error> {
    let (sandbox, client) = sandbox().await;
    let phone = "+91 98765-43210";
    client.send(
        phone,
        ReplyButtons::new(
            "Shall we deliver it today?",
            [ReplyButton::new("yes", "Yes"), ReplyButton::new("tomorrow", "Tomorrow")]
        ).header("Your order").footer("Asha's Books")
    ).await?;
    arrives(&sandbox, r#"{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"interactive","interactive":{"type":"button","header":{"type":"text","text":"Your order"},"body":{"text":"Shall we deliver it today?"},"footer":{"text":"Asha's Books"},"action":{"buttons":[{"type":"reply","reply":{"id":"yes","title":"Yes"}},{"type":"reply","reply":{"id":"tomorrow","title":"Tomorrow"}}]}}}"#);
    Ok(())
}

#[tokio::test]
async fn sticker() -> Result<(), Error> {
    let (sandbox, client) = sandbox().await;
    let phone = "+91 98765-43210";
    client.send(phone, Sticker::link("https://example.com/thanks.webp")).await?;
    arrives(&sandbox, r#"{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"sticker","sticker":{"link":"https://example.com/thanks.webp"}}"#);
    Ok(())
}

#[tokio::test]
async fn template() -> Result<(), Error> {
    let (sandbox, client) = sandbox().await;
    let phone = "+91 98765-43210";
    client.send(
        phone,
        Template::new("order_update").language("en_US").body_params(["Asha", "A-1042"])
    ).await?;
    arrives(&sandbox, r#"{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"template","template":{"name":"order_update","language":{"code":"en_US"},"components":[{"type":"body","parameters":[{"type":"text","text":"Asha"},{"type":"text","text":"A-1042"}]}]}}"#);
    Ok(())
}

#[tokio::test]
async fn text() -> Result<(), Error> {
    let (sandbox, client) = sandbox().await;
    let phone = "+91 98765-43210";
    client.send(phone, Text::new("Your table is ready: https://example.com/t/7").preview_url(true)).await?;
    arrives(&sandbox, r#"{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"text","text":{"body":"Your table is ready: https://example.com/t/7","preview_url":true}}"#);
    Ok(())
}

#[tokio::test]
async fn video() -> Result<(), Error> {
    let (sandbox, client) = sandbox().await;
    let phone = "+91 98765-43210";
    client.send(phone, Video::link("https://example.com/tour.mp4").caption("Your room")).await?;
    arrives(&sandbox, r#"{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"video","video":{"link":"https://example.com/tour.mp4","caption":"Your room"}}"#);
    Ok(())
}
