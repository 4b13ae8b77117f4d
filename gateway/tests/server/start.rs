//! What a gateway is started with: what cannot work is said at once.

use wamid::{ErrorKind, Options, Store};
use wamid_gateway::{Accounts, Gateway, GatewayOptions, StartError};

#[tokio::test]
async fn a_prefix_is_a_plain_path() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("wamid.db").display());
    let store = Store::open(&url).await.unwrap();
    let accounts = Accounts::open(&store, &url, None, Options::default()).await.unwrap();
    let start = async |prefix: &str| {
        let options = GatewayOptions {
            prefix: prefix.to_owned(),
            ..GatewayOptions::new(store.clone(), accounts.clone())
        };
        Gateway::start(options, ([127, 0, 0, 1], 0).into()).await
    };
    for prefix in ["", "/", "/whatsapp", "/whatsapp/", "/v1/what-s_app.~", "/docs", "/metrics"] {
        start(prefix).await.unwrap();
    }
    for prefix in [
        "//", "/..", "/../x", "/a/../b", "/.", "/a/./b", "/a//", "/%2e%2e", "/a#b", "/a\nb", "/a\0", "/a\\b",
        "whatsapp", "/*", "/{x}", "/{*x}", "/:x", "/a//b", "/a?b", "/a b", "/a%20b", "/\u{fc}",
    ] {
        let error = start(prefix).await.unwrap_err();
        assert!(matches!(error, StartError::Prefix(_)), "{prefix}: {error}");
    }
}

#[tokio::test]
async fn a_lost_key_file_is_asked_for_and_not_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("wamid.db").display());
    let file = folder.path().join("wamid.db.key");
    let store = Store::open(&url).await.unwrap();
    let open = || Accounts::open(&store, &url, None, Options::default());
    // Who comes with an empty file has made it by mistake: as a key it would protect nothing.
    std::fs::write(&file, "\n").unwrap();
    assert_eq!(open().await.unwrap_err().kind(), ErrorKind::Store);
    std::fs::remove_file(&file).unwrap();

    open().await.unwrap();
    let key = std::fs::read(&file).unwrap();
    std::fs::remove_file(&file).unwrap();
    let error = open().await.unwrap_err();
    assert_eq!((error.kind(), error.field()), (ErrorKind::InvalidInput, Some("secret_key")));
    assert!(error.message().contains("wamid.db.key"), "{error}");
    assert!(!file.exists(), "another key would only hide that the first one is gone");
    std::fs::write(&file, key).unwrap();
    open().await.unwrap();
}
