//! What a client does besides sending, from its own method to the sandbox and back: on Meta's API, and through a gateway.

use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use wamid::{Client, ErrorKind, Json, ProfilePhoto, TransferProgress};

use crate::house::House;

fn clients(house: &House) -> [Client; 2] {
    let sandbox = &house.sandbox;
    let cloud = Client::cloud(sandbox.access_token(), sandbox.phone_number_id())
        .graph_url(sandbox.url())
        .business_account_id(sandbox.business_account_id())
        .build()
        .unwrap();
    [cloud, house.client()]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_is_marked_as_read_through_either_host() {
    let house = House::build().await;
    for client in clients(&house) {
        client.mark_read("wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQz").typing(true).await.unwrap();
        let error = client.mark_read("no id of Meta's").await.unwrap_err();
        assert_eq!((error.kind(), error.maybe_sent()), (ErrorKind::Rejected, false), "{error}");
    }
    assert!(house.sandbox.messages().is_empty(), "it is no message");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_goes_up_and_comes_back_through_either_host() {
    let house = House::build().await;
    let folder = tempfile::tempdir().unwrap();
    // Longer than one piece, and of no even length.
    let content: Vec<u8> = (0..200_001_u32).map(|at| at.to_le_bytes()[0]).collect();
    let file = folder.path().join("report.txt");
    std::fs::write(&file, &content).unwrap();
    for client in clients(&house) {
        let id = client.upload_media().file(file.to_string_lossy()).await.unwrap();
        let info = client.media_info(&*id).await.unwrap();
        assert_eq!((info.mime_type.as_str(), info.file_size), ("text/plain", 200_001));

        let fetched = client.download_media(&*id).await.unwrap();
        assert_eq!((fetched.data.as_ref(), fetched.mime_type.as_str()), (&*content, "text/plain"));

        let to = folder.path().join("fetched.txt");
        client.download_media_to(&*id, to.to_string_lossy()).await.unwrap();
        assert_eq!(std::fs::read(&to).unwrap(), content);
        std::fs::remove_file(&to).unwrap();

        let error =
            client.download_media_to(&*id, to.to_string_lossy()).max_bytes(200_000).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnexpectedResponse, "{error}");
        let left: Vec<_> =
            std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
        assert_eq!(left, std::slice::from_ref(&file), "a download that failed leaves nothing");

        client.delete_media(&*id).await.unwrap();
        assert_eq!(client.media_info(&*id).await.unwrap_err().kind(), ErrorKind::Rejected);
    }
}

/// A client that is generated from the description sends no other type.
#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_takes_each_type_that_it_describes_and_an_empty_one_for_none() {
    let house = House::build().await;
    let form = |mime_type: &str| {
        format!(
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"scan\"\r\n\
             Content-Type: application/pdf\r\n\r\n%PDF-1.4\r\n--b\r\n\
             Content-Disposition: form-data; name=\"type\"\r\n\r\n{mime_type}\r\n--b--\r\n"
        )
    };
    let headers = format!("X-API-Key: {}\r\nContent-Type: multipart/form-data; boundary=b\r\n", house.key);
    let get = "GET /openapi.json HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
    let answer = crate::house::answer_of(&house.address().0, get).await;
    let described: Value = serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap();
    let schema = &described["paths"]["/whatsapp/api/media/"]["post"]["requestBody"]["content"];
    let types = &schema["multipart/form-data"]["schema"]["properties"]["type"]["enum"];
    let types: Vec<_> = types.as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect();
    for kind in ["image/jpeg", "audio/aac", "video/3gpp", "application/msword", ""] {
        assert!(types.contains(&kind), "{kind:?} is not described");
    }
    for mime_type in types {
        let (status, answer) = house.raw_with("POST", "api/media/", &headers, &form(mime_type)).await;
        assert_eq!(status, 200, "{mime_type}: {answer}");
        let info = house.client().media_info(answer["result"]["id"].as_str().unwrap()).await.unwrap();
        let wanted = if mime_type.is_empty() { "application/pdf" } else { mime_type };
        assert_eq!(info.mime_type, wanted);
    }
    let (status, answer) = house.raw_with("POST", "api/media/", &headers, &form("image/gif")).await;
    assert_eq!((status, &answer["field"]), (400, &json!("mime_type")), "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn transfers_tell_how_far_they_have_come() {
    let house = House::build().await;
    let folder = tempfile::tempdir().unwrap();
    let length = 3_000_001_u64;
    let content = vec![b'x'; 3_000_001];
    for client in clients(&house) {
        let told = Arc::new(Mutex::new(Vec::new()));
        let listener = || {
            let told = told.clone();
            move |progress: TransferProgress| told.lock().unwrap().push(progress)
        };
        let all = || std::mem::take(&mut *told.lock().unwrap());
        let upload = client.upload_media().data(content.clone()).mime_type("text/plain");
        let id = upload.progress(listener()).await.unwrap();
        whole(&all(), length);
        client.download_media(&*id).progress(listener()).await.unwrap();
        whole(&all(), length);
        let to = folder.path().join("fetched");
        client.download_media_to(&*id, to.to_string_lossy()).progress(listener()).await.unwrap();
        whole(&all(), length);

        let error = client.download_media(&*id).max_bytes(10).progress(listener()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnexpectedResponse);
        assert!(all().iter().all(|progress| progress.bytes < length), "it never came to its end");

        // Who watches stops nothing.
        assert_eq!(
            client
                .download_media(&*id)
                .progress(|_| panic!("the listener is broken"))
                .await
                .unwrap()
                .data
                .as_ref()
                .len(),
            content.len()
        );
    }
}

/// The reports grow, and the last one says that all of it has moved.
fn whole(told: &[TransferProgress], length: u64) {
    assert!(told.is_sorted_by_key(|progress| progress.bytes), "{told:?}");
    assert!(told.iter().all(|progress| progress.total == Some(length)), "{told:?}");
    assert_eq!(told.last().map(|progress| progress.bytes), Some(length), "{told:?}");
    assert_eq!(told.iter().filter(|progress| progress.bytes == length).count(), 1, "{told:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn templates_are_made_listed_sent_and_deleted() {
    let house = House::build().await;
    let [cloud, gateway] = clients(&house);
    let definition = |name: &str| {
        Json::from(serde_json::json!({"name": name, "language": "en_US", "category": "UTILITY",
            "components": [{"type": "BODY", "text": "Hello {{1}}"}]}))
    };
    assert_eq!(cloud.create_template(definition("greeting")).await.unwrap().status, "APPROVED");
    assert_eq!(cloud.create_template(definition("rejected_one")).await.unwrap().status, "REJECTED");
    assert_eq!(cloud.create_template(definition("greeting")).await.unwrap_err().subcode(), Some(2_388_024));
    for client in [&cloud, &gateway] {
        let found = client.templates().name("greeting").await.unwrap();
        assert_eq!((found.len(), found[0].status.as_str()), (1, "APPROVED"));
        client
            .send_template("+16505551234", "greeting")
            .language("en_US")
            .body_params(["Asha"])
            .await
            .unwrap();
    }
    cloud.delete_template("greeting").await.unwrap();
    let error = cloud.send_template("+16505551234", "greeting").language("en_US").await.unwrap_err();
    assert_eq!(error.code(), Some(132_001), "{error}");
    assert_eq!(gateway.create_template(definition("x")).await.unwrap_err().kind(), ErrorKind::Unsupported);
}

#[tokio::test(flavor = "multi_thread")]
async fn users_are_blocked_and_the_profile_is_kept() {
    let house = House::build().await;
    let [cloud, gateway] = clients(&house);
    let blocking = cloud.block_users(["+1 650-555-1234".to_owned()]).await.unwrap();
    assert_eq!(blocking.done, ["+1 650-555-1234"]);
    assert_eq!(cloud.blocked_users().await.unwrap(), ["+16505551234"]);
    cloud.unblock_users(["+16505551234".to_owned()]).await.unwrap();
    assert!(cloud.blocked_users().await.unwrap().is_empty());

    cloud
        .update_profile()
        .about("Open until eight")
        .websites(["https://example.com".to_owned()])
        .await
        .unwrap();
    let profile = cloud.profile().await.unwrap();
    assert_eq!(profile.about.as_deref(), Some("Open until eight"));
    assert_eq!(profile.websites, ["https://example.com"]);

    let picture = ProfilePhoto::data(b"\x89PNG\r\n\x1a\n....".to_vec());
    let error = cloud.update_profile().photo(picture.clone()).await.unwrap_err();
    assert_eq!((error.kind(), error.field()), (ErrorKind::Unsupported, Some("app_id")), "{error}");
    let sandbox = &house.sandbox;
    let app = Client::cloud(sandbox.access_token(), sandbox.phone_number_id())
        .graph_url(sandbox.url())
        .app_id(sandbox.app_id())
        .build()
        .unwrap();
    assert_eq!(app.profile().await.unwrap().profile_picture_url, None);
    app.update_profile().photo(picture).await.unwrap();
    assert!(app.profile().await.unwrap().profile_picture_url.is_some());

    let number = cloud.request("GET", cloud_number(&house)).await.unwrap();
    assert!(number.as_str().contains("verified_name"), "{number:?}");
    assert_eq!(gateway.blocked_users().await.unwrap_err().kind(), ErrorKind::Unsupported);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_reaches_nothing_but_files_under_an_id() {
    let house = House::build().await;
    let client = house.client();
    for id in ["message_templates", "102290129340398 ", "1/2", "%2e%2e"] {
        let error = client.delete_media(id).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{id}: {error}");
    }
    // What is there under an id of digits, and is no file.
    let error = client.delete_media("999999").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Rejected, "{error}");
}

fn cloud_number(house: &House) -> String {
    house.sandbox.phone_number_id().to_owned()
}
