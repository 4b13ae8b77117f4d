//! What a file of rows may be, and what is sent of it.

use std::collections::{HashMap, HashSet};
use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::time::Instant;

use serde_json::{Value, json};

use super::{House, objects, status, texts, with_outcome};
use crate::playing::{Playing, fed, stderr, stdout, wamid};

#[test]
fn all_kinds_in_one_file_of_excel_s_are_sent_once() {
    let house = House::new(
        "\u{feff}reference,phone,message,preview_url,latitude,longitude,name,template_name,language,body_params,buttons\r\n\
         r-1,+91 98765-43210,\"Hello, \"\"you\"\"\r\nsecond line\",TRUE,,,,,,,\r\n\
         r-2,919876543210,,,28.6139,-77.2090,Our Office,,,,\r\n\
         r-3,919876543210,,,,,,order_update,en_US,\"[\"\"Asha\"\", 5]\",\r\n\
         r-4,919876543210,,,,,,hello_world,,,\r\n",
    );
    let first = house.run(&["--json"]);
    assert_eq!(status(&first), 0, "{}{}", stdout(&first), stderr(&first));
    let (rows, summary) = objects(&first);
    assert_eq!(with_outcome(&rows, "sent"), HashSet::from([2, 4, 5, 6]));
    assert_eq!((&summary["sent"], &summary["already_sent"]), (&json!(4), &json!(0)));
    assert!(rows.iter().all(|row| row["id"].as_str().unwrap().starts_with("wamid.")));

    let of = |reference: &str| {
        let arrived = house.arrived();
        let found = arrived.iter().find(|message| message["body"]["biz_opaque_callback_data"] == reference);
        found.unwrap_or_else(|| panic!("{reference}: {arrived:?}"))["body"].clone()
    };
    assert_eq!(of("r-1")["text"], json!({"preview_url": true, "body": "Hello, \"you\"\r\nsecond line"}));
    assert_eq!(of("r-2")["location"]["longitude"].as_f64(), Some(-77.209));
    assert_eq!(of("r-3")["template"]["components"][0]["parameters"][1]["text"], "5");
    assert_eq!(of("r-4")["template"]["name"], "hello_world");

    let again = house.run(&[]);
    assert_eq!((status(&again), house.arrived().len()), (0, 4), "{}", stdout(&again));
    assert!(stdout(&again).contains("already sent"), "{}", stdout(&again));
    for text in [stdout(&first), stderr(&first), stdout(&again), house.ledger()] {
        assert!(!text.contains("98765") && !text.contains("Hello") && !text.contains("Asha"), "{text}");
    }
}

#[test]
fn broken_rows_stop_everything_unless_they_are_skipped() {
    let house = House::new(
        "phone,message,latitude,longitude\n919876543210,fine,,\n12,short number,,\n919876543210,both,1,2\n\
         919876543210,,,\n919876543210,,95,2\n919876543210,cells\n",
    );
    let refused = house.run(&[]);
    assert_eq!(status(&refused), 10, "{}", stderr(&refused));
    for place in ["line 3 ", "line 4 ", "line 5 ", "line 6 ", "line 7 ", "phone must", "latitude"] {
        assert!(stdout(&refused).contains(place), "{place}: {}", stdout(&refused));
    }
    assert!(!stdout(&refused).contains("line 2 "), "{}", stdout(&refused));
    // The same command would be refused again, and there is no ledger.
    assert!(!stdout(&refused).contains("next run"), "{}", stdout(&refused));
    assert!(!stdout(&refused).contains("ledger"), "{}", stdout(&refused));
    assert!(stderr(&refused).contains("--skip-invalid"), "{}", stderr(&refused));
    let (_, summary) = objects(&house.run(&["--json"]));
    assert_eq!((&summary["ledger"], &summary["not_tried"]), (&Value::Null, &json!(1)), "{summary}");
    assert_eq!(std::fs::read_dir(house.folder.path()).unwrap().count(), 1, "the rows alone");
    assert_eq!((house.arrived().len(), house.ledger().as_str()), (0, ""));

    let dry = house.run(&["--dry-run", "--skip-invalid", "--json"]);
    assert_eq!((status(&dry), objects(&dry).1["would_send"].as_u64()), (0, Some(1)), "{}", stderr(&dry));
    assert_eq!((house.arrived().len(), house.ledger().as_str()), (0, ""));

    let skipped = house.run(&["--skip-invalid", "--json"]);
    let (rows, summary) = objects(&skipped);
    assert_eq!((status(&skipped), house.arrived().len()), (4, 1));
    assert_eq!((&summary["sent"], &summary["invalid"]), (&json!(1), &json!(5)));
    assert_eq!(with_outcome(&rows, "invalid"), HashSet::from([3, 4, 5, 6, 7]));
}

#[test]
fn a_number_that_would_change_on_its_way_breaks_its_row() {
    let data = r#"{""sub_type"":""flow"",""flow_action_data"":{""n"":18446744073709551616}}"#;
    let house = House::new(&format!(
        "phone,template_name,buttons,components\n919876543210,order_update,\"[{data}]\",\n\
         919876543210,order_update,\"{data}\",\n919876543210,order_update,,\"[{data}]\"\n",
    ));
    let (rows, _) = objects(&house.run(&["--json"]));
    assert_eq!(with_outcome(&rows, "invalid"), HashSet::from([2, 3, 4]), "{rows:?}");
    assert_eq!(house.arrived().len(), 0);
}

#[test]
fn a_file_that_cannot_be_meant_is_refused_as_a_whole() {
    let house = House::new("phone,mesage\n919876543210,x\n");
    let misspelt = house.run(&["--json"]);
    assert_eq!(status(&misspelt), 10);
    assert!(stderr(&misspelt).contains("mesage"), "{}", stderr(&misspelt));
    let error: Value = serde_json::from_str(&stdout(&misspelt)).unwrap();
    assert_eq!(error["error"]["kind"], "invalid_input");

    house.write(b"phone,message\n919876543210,caf\xe9\n");
    let latin = house.run(&[]);
    assert_eq!(status(&latin), 10);
    assert!(stderr(&latin).contains("not UTF-8 (line 2)"), "{}", stderr(&latin));

    house.write("phone,message\n919876543210,\"open\n919876543211,other\n");
    assert_eq!(status(&house.run(&[])), 10, "another's row is not a part of this one");
    assert_eq!(house.arrived().len(), 0);

    house.write("phone,message,note\n919876543210,x,y\n");
    let ignored = house.run(&["--ignore-columns"]);
    assert_eq!((status(&ignored), house.arrived().len()), (0, 1), "{}", stderr(&ignored));
}

#[test]
fn account_id_sends_each_row_from_its_number() {
    let meta = Playing::with(&["--phone-number-id", "1066", "--phone-number-id", "2077"]);
    let mut house = House { meta, folder: tempfile::tempdir().unwrap() };
    let store = format!("sqlite:{}", house.folder.path().join("wamid.db").display());
    let run = |args: &[&str]| {
        let output = house.meta.run(&[args, &["--store", &store]].concat());
        assert_eq!(status(&output), 0, "{}", stderr(&output));
        stdout(&output).trim().to_owned()
    };
    let id = |said: String| said.strip_prefix("account ").unwrap().to_owned();
    let first = id(run(&["account", "add", "--name", "first", "--phone-number-id", "1066"]));
    let second = id(run(&["account", "add", "--name", "second", "--phone-number-id", "2077"]));
    let key = run(&["key", "create", "--name", "bulk"]);
    let graph = house.meta.export("WAMID_GRAPH_URL").to_owned();
    let mut serve = wamid(&["serve", "--listen", "127.0.0.1:0", "--store", &store, "--graph-url", &graph]);
    let mut serve = serve.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut said = BufReader::new(serve.stdout.take().unwrap());
    let mut line = String::new();
    said.read_line(&mut line).unwrap();
    let url = line.trim().strip_prefix("listening on ").unwrap().to_owned();

    house.write(format!(
        "phone,message,account_id\n919876543210,a,{first}\n919876543211,b,{second}\n919876543212,c,\n\
         919876543213,d,4711\n919876543214,e,{second}\n"
    ));
    let gateway = [("WAMID_GATEWAY_URL", url), ("WAMID_API_KEY", key)].map(|(n, v)| (n.to_owned(), v));
    let meta = house.meta.replace_exports(gateway.to_vec());
    let (rows, _) = objects(&house.run(&["--json"]));
    house.meta.replace_exports(meta);
    serve.kill().unwrap();
    serve.wait().unwrap();
    assert_eq!(with_outcome(&rows, "sent"), HashSet::from([2, 3, 4, 6]), "{rows:?}");
    let refused = rows.iter().find(|row| row["line"] == 5).unwrap();
    assert_eq!(refused["error"]["field"], "account_id", "{refused}");
    let from: HashMap<String, String> = house
        .arrived()
        .iter()
        .map(|message| (&message["body"]["text"]["body"], &message["phone_number_id"]))
        .map(|(text, number)| (text.as_str().unwrap().to_owned(), number.as_str().unwrap().to_owned()))
        .collect();
    let wanted = [("a", "1066"), ("b", "2077"), ("c", "1066"), ("e", "2077")];
    assert_eq!(from, wanted.map(|(text, number)| (text.to_owned(), number.to_owned())).into());
}

#[test]
fn two_thousand_rows_and_a_pace() {
    let house = House::new(&texts(2000));
    let began = Instant::now();
    let output = house.run(&["--json"]);
    let (rows, summary) = objects(&output);
    assert_eq!((status(&output), rows.len()), (0, 2000), "{}", stderr(&output));
    let arrived = house.texts();
    assert_eq!((arrived.len(), arrived.values().max()), (2000, Some(&1)));
    println!(
        "{:.0} rows a second, {:?} in all",
        2000.0 / summary["seconds"].as_f64().unwrap(),
        began.elapsed()
    );

    let slow = House::new(&texts(30));
    let output = slow.run(&["--json", "--max-per-second", "20"]);
    let seconds = objects(&output).1["seconds"].as_f64().unwrap();
    assert!((1.2..10.0).contains(&seconds), "{seconds}");
}

#[test]
fn rows_come_from_standard_input_too() {
    let house = House::new("");
    let ledger = house.folder.path().join("kept.ledger");
    let run = |args: &[&str]| {
        let command = house.meta.command(&[&["send", "many", "--csv", "-"], args].concat());
        fed(command, b"phone,message\n919876543210,a\n919876543211,b\n")
    };
    let without = run(&["--json"]);
    assert_eq!((status(&without), house.arrived().len()), (10, 0), "{}", stderr(&without));
    assert!(stderr(&without).contains("--ledger"), "{}", stderr(&without));
    assert_eq!(status(&run(&["--dry-run"])), 0, "which notes nothing");
    let kept = ["--ledger", ledger.to_str().unwrap()];
    assert_eq!((status(&run(&kept)), house.arrived().len()), (0, 2));
    assert_eq!((status(&run(&kept)), house.arrived().len()), (0, 2), "again is not twice");
}
