//! `wamid send many`

use std::collections::{HashMap, HashSet};
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use rustix::process::Signal;

use crate::playing::{Playing, fed, signal, stderr, stdout, until, wamid};

/// A folder with a file of rows, and Meta to send them to.
struct House {
    meta: Playing,
    folder: tempfile::TempDir,
}

impl House {
    fn new(csv: &str) -> Self {
        let house = Self { meta: Playing::start(), folder: tempfile::tempdir().unwrap() };
        house.write(csv);
        house
    }

    fn write(&self, csv: impl AsRef<[u8]>) {
        std::fs::write(self.csv(), csv).unwrap();
    }

    fn csv(&self) -> PathBuf {
        self.folder.path().join("rows.csv")
    }

    fn ledger(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("rows.csv.ledger")).unwrap_or_default()
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = self.meta.command(&["send", "many", "--csv"]);
        command.arg(self.csv()).args(args);
        command
    }

    fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    fn spawn(&self, args: &[&str]) -> Child {
        self.command(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    }

    /// What each message said that reached Meta, in whatever order.
    fn arrived(&self) -> Vec<Value> {
        let answer = self.meta.ask("GET", "messages");
        let messages: Value =
            serde_json::from_str(&answer).unwrap_or_else(|error| panic!("{error}: {answer}"));
        messages["messages"].as_array().unwrap().clone()
    }

    fn texts(&self) -> HashMap<String, usize> {
        self.arrived().iter().fold(HashMap::new(), |mut seen, message| {
            *seen.entry(message["body"]["text"]["body"].as_str().unwrap().to_owned()).or_default() += 1;
            seen
        })
    }
}

/// The objects of `--json`: the rows, and the summary.
fn objects(output: &Output) -> (Vec<Value>, Value) {
    let text = stdout(output);
    let mut rows: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let summary = rows.pop().unwrap_or_else(|| panic!("{}", stderr(output)))["summary"].take();
    assert!(summary.is_object(), "{text}");
    (rows, summary)
}

fn with_outcome(rows: &[Value], outcome: &str) -> HashSet<u64> {
    rows.iter().filter(|row| row["outcome"] == outcome).map(|row| row["line"].as_u64().unwrap()).collect()
}

fn texts(count: usize) -> String {
    (0..count).fold("phone,message\n".to_owned(), |csv, n| csv + &format!("9198765{n:05},Text {n}\n"))
}

fn status(output: &Output) -> i32 {
    output.status.code().unwrap_or_else(|| panic!("killed: {}", stderr(output)))
}

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
fn a_run_that_was_killed_is_resumed_and_no_row_goes_out_twice() {
    const COUNT: usize = 600;
    let house = House::new(&texts(COUNT));
    let mut kills = 0;
    // Several crashes, each somewhere else in the file.
    for after in [50, 200, 350] {
        let mut child = house.spawn(&["--json"]);
        until(|| {
            child.try_wait().unwrap().is_some() || house.ledger().matches(r#""state":"sent""#).count() > after
        });
        let ended = child.try_wait().unwrap().is_some();
        child.kill().unwrap();
        child.wait().unwrap();
        kills += usize::from(!ended);
    }
    assert!(kills > 0, "no run was killed");
    let last = house.run(&["--json"]);
    let (rows, _) = objects(&last);
    let unknown = with_outcome(&rows, "unknown");
    assert_eq!(status(&last), if unknown.is_empty() { 0 } else { 5 }, "{}", stderr(&last));
    assert!(unknown.len() <= 64 * kills, "{}", unknown.len());
    let arrived = house.texts();
    assert!(arrived.values().all(|times| *times == 1), "a row went out twice");
    assert_eq!(rows.len(), COUNT, "every row is told of once");
    for n in 0..COUNT {
        let line = n as u64 + 2;
        let lost = !arrived.contains_key(&format!("Text {n}"));
        assert!(!lost || unknown.contains(&line), "line {line} was lost and nobody was told");
    }
    assert_eq!(with_outcome(&rows, "sent").len() + unknown.len(), COUNT);
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
fn unknown_rows_are_sent_again_only_when_asked_for() {
    // Taken without an answer; refused for good; throttled; fine.
    let house = House::new("phone,message\n15550900003,a\n15550131026,b\n15550130429,c\n919876543210,d\n");
    let times = |text: &str| house.texts().get(text).copied().unwrap_or_default();
    let run = |args: &[&str]| {
        let output = house.run(&[&["--json", "--max-retries", "0"], args].concat());
        (status(&output), objects(&output).1)
    };
    let (first, summary) = run(&[]);
    assert_eq!(first, 5, "{summary}");
    assert_eq!(
        (&summary["sent"], &summary["failed"], &summary["unknown"]),
        (&json!(1), &json!(2), &json!(1))
    );
    assert_eq!(summary["failed_by_kind"], json!({"rejected": 1, "rate_limited": 1}));
    assert_eq!([times("a"), times("b"), times("c"), times("d")], [1, 1, 1, 1]);

    let (second, summary) = run(&[]);
    assert_eq!((second, &summary["unknown_before"], &summary["failed_before"]), (5, &json!(1), &json!(1)));
    assert_eq!([times("a"), times("b"), times("c"), times("d")], [1, 1, 2, 1], "the retryable one alone");

    run(&["--retry-failed"]);
    assert_eq!([times("a"), times("b"), times("c"), times("d")], [1, 2, 3, 1]);
    let (_, summary) = run(&["--retry-unknown"]);
    assert_eq!((&summary["unknown"], times("a")), (&json!(1), 2), "{summary}");
    let human = house.run(&["--max-retries", "0"]);
    assert!(stdout(&human).contains("line 2 (…0003) unknown"), "{}", stdout(&human));
    assert_eq!(times("a"), 2);
}

#[test]
fn rows_may_move_and_a_changed_row_is_a_new_one() {
    let house = House::new("phone,message\n919876543210,a\n919876543211,b\n919876543210,a\n");
    let first = house.run(&[]);
    assert_eq!(status(&first), 0, "{}", stdout(&first));
    assert!(stderr(&first).contains("1 rows are equal"), "{}", stderr(&first));
    house.write("message,phone\nnew,919876543212\na,919876543210\nB,919876543211\na,919876543210\n");
    let moved = house.run(&[]);
    assert_eq!(status(&moved), 0, "{}", stdout(&moved));
    assert_eq!(
        house.texts(),
        HashMap::from([("a", 2), ("b", 1), ("B", 1), ("new", 1)].map(|(t, n)| (t.to_owned(), n)))
    );
    assert!(stderr(&moved).contains("2 rows are new"), "{}", stderr(&moved));
    house.write("phone,message\n919876543212,New\n");
    let changed = house.run(&[]);
    assert!(stderr(&changed).contains("line 2 (…3212) has changed"), "{}", stderr(&changed));
}

#[test]
fn a_ledger_belongs_to_one_run_and_one_sender() {
    let house = House::new("phone,message\n15550900002,a\n");
    let child = house.spawn(&["--timeout", "5", "--total-timeout", "5"]);
    until(|| !house.arrived().is_empty());
    let second = house.run(&[]);
    assert_eq!((status(&second), house.arrived().len()), (1, 1), "{}", stderr(&second));
    assert!(stderr(&second).contains("another run"), "{}", stderr(&second));
    let first = child.wait_with_output().unwrap();
    assert_eq!(status(&first), 5, "{}", stdout(&first));

    let other = house.run(&["--phone-number-id", "1066"]);
    assert_eq!((status(&other), house.arrived().len()), (1, 1), "{}", stderr(&other));
    assert!(stderr(&other).contains("--ledger"), "{}", stderr(&other));
}

#[test]
fn ctrl_c_finishes_what_is_under_way_and_sends_nothing_more() {
    // One that takes two seconds, and others that would follow it.
    let house = House::new(
        &texts(100).replace("9198765000000", "15550900001").replace("919876500000", "15550900001"),
    );
    let child = house.spawn(&["--json", "--concurrency", "1"]);
    until(|| !house.arrived().is_empty() || house.ledger().contains("sending"));
    std::thread::sleep(Duration::from_millis(300));
    signal(&child, Signal::INT);
    let output = child.wait_with_output().unwrap();
    let (rows, summary) = objects(&output);
    assert_eq!(status(&output), 130, "{}", stderr(&output));
    assert_eq!((&summary["sent"], &summary["not_tried"]), (&json!(1), &json!(99)), "{summary}");
    assert_eq!((rows.len(), house.arrived().len()), (100, 1));
    assert!(stderr(&output).contains("nothing more goes out"), "{}", stderr(&output));

    let resumed = house.run(&[]);
    assert_eq!((status(&resumed), house.arrived().len()), (0, 100), "{}", stdout(&resumed));
}

#[test]
fn a_second_ctrl_c_leaves_what_is_under_way_unknown() {
    let house = House::new("phone,message\n15550900002,a\n");
    let mut child = house.spawn(&[]);
    until(|| !house.arrived().is_empty());
    let began = Instant::now();
    signal(&child, Signal::INT);
    until(|| {
        std::thread::sleep(Duration::from_millis(200));
        signal(&child, Signal::INT);
        std::thread::sleep(Duration::from_millis(200));
        child.try_wait().unwrap().is_some()
    });
    assert!(began.elapsed() < Duration::from_secs(20), "it waited for the time-out");
    let output = child.wait_with_output().unwrap();
    assert_eq!(status(&output), 130, "{}", stderr(&output));
    let next = house.run(&[]);
    assert_eq!((status(&next), house.arrived().len()), (5, 1), "{}", stdout(&next));
}

#[test]
fn after_a_second_ctrl_c_a_script_hears_of_every_row() {
    // Three that are never answered, and others that have to wait for them.
    let silent = (0..3).fold(String::new(), |rows, n| rows + &format!("15550900002,Silent {n}\n"));
    let house = House::new(&texts(20).replacen('\n', &format!("\n{silent}"), 1));
    let mut child = house.spawn(&["--json", "--concurrency", "3"]);
    until(|| house.arrived().len() == 3);
    let mut errors = BufReader::new(child.stderr.take().unwrap());
    signal(&child, Signal::INT);
    let mut line = String::new();
    errors.read_line(&mut line).unwrap();
    assert!(line.contains("waiting for 3 under way"), "{line}");
    signal(&child, Signal::INT);
    let output = child.wait_with_output().unwrap();
    let (rows, summary) = objects(&output);
    assert_eq!((status(&output), house.arrived().len()), (130, 3));
    assert_eq!(with_outcome(&rows, "unknown"), HashSet::from([2, 3, 4]));
    assert_eq!(with_outcome(&rows, "not_tried"), (5..25).collect());
    assert_eq!((&summary["unknown"], &summary["not_tried"]), (&json!(3), &json!(20)), "{summary}");

    let (next, _) = objects(&house.run(&["--json"]));
    assert_eq!(with_outcome(&next, "unknown"), HashSet::from([2, 3, 4]), "the ledger says the same");
    assert_eq!((with_outcome(&next, "sent").len(), house.arrived().len()), (20, 23));
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
fn refused_credentials_stop_the_run() {
    let house = House::new(&texts(500));
    let refused = house.command(&["--json"]).env("WAMID_ACCESS_TOKEN", "another-token").output().unwrap();
    let (_, summary) = objects(&refused);
    assert_eq!(status(&refused), 4, "{}", stderr(&refused));
    assert!(summary["not_tried"].as_u64().unwrap() > 400, "{summary}");
    let resumed = house.run(&["--json"]);
    assert_eq!((status(&resumed), house.texts().len()), (0, 500), "{}", stderr(&resumed));
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

#[test]
fn a_ledger_is_a_file_and_its_owner_s_alone() {
    use std::os::unix::fs::PermissionsExt;
    let house = House::new("phone,message\n919876543210,a\n");
    for device in ["/dev/full", "/dev/null", "/dev/zero"] {
        for more in [&[][..], &["--dry-run"], &["--json"]] {
            let output = house.run(&[&["--ledger", device], more].concat());
            assert_eq!((status(&output), house.arrived().len()), (1, 0), "{device}: {}", stderr(&output));
            assert!(stderr(&output).contains("--ledger"), "{}", stderr(&output));
        }
    }
    let nowhere = house.run(&["--ledger", "/nowhere/at/all"]);
    assert_eq!((status(&nowhere), house.arrived().len()), (1, 0));
    assert!(stderr(&nowhere).contains("Nothing was sent"), "{}", stderr(&nowhere));
    for device in ["/dev/zero", "/dev/full"] {
        let endless = house.meta.run(&["send", "many", "--csv", device, "--ledger", "x"]);
        assert_eq!(status(&endless), 10, "{}", stderr(&endless));
    }

    assert_eq!(status(&house.run(&[])), 0);
    let mode = std::fs::metadata(house.folder.path().join("rows.csv.ledger")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn whatever_is_wrong_with_a_ledger_a_script_gets_json() {
    let house = House::new("phone,message\n15550900002,a\n");
    let ledger = house.folder.path().join("rows.csv.ledger");
    for damaged in ["no ledger\n", "{\"wamid_ledger\":99,\"sender\":\"x\"}\n"] {
        std::fs::write(&ledger, damaged).unwrap();
        let output = house.run(&["--json"]);
        let error: Value = serde_json::from_str(&stdout(&output)).unwrap();
        assert_eq!((status(&output), &error["error"]["maybe_sent"]), (1, &json!(false)), "{error}");
        assert!(error["error"]["message"].as_str().unwrap().contains("ledger"), "{error}");
    }
    std::fs::remove_file(&ledger).unwrap();
    let mut child = house.spawn(&["--json", "--total-timeout", "60", "--timeout", "60"]);
    until(|| !house.arrived().is_empty());
    let locked = house.run(&["--json"]);
    let error: Value = serde_json::from_str(&stdout(&locked)).unwrap();
    assert!(error["error"]["message"].as_str().unwrap().contains("another run"), "{error}");
    // Twice interrupted, the row is named by the reference under which Meta knows it.
    let mut errors = BufReader::new(child.stderr.take().unwrap());
    signal(&child, Signal::INT);
    errors.read_line(&mut String::new()).unwrap();
    signal(&child, Signal::INT);
    let output = child.wait_with_output().unwrap();
    let (rows, _) = objects(&output);
    assert_eq!((status(&output), &rows[0]["outcome"]), (130, &json!("unknown")));
    let sent = house.arrived()[0]["body"]["biz_opaque_callback_data"].clone();
    assert!(sent.is_string() && rows[0]["reference"] == sent, "{rows:?} {sent}");

    // The next run still knows it, and one that sends again tells of both.
    let (rows, _) = objects(&house.run(&["--json"]));
    assert_eq!((&rows[0]["outcome"], &rows[0]["reference"]), (&json!("unknown"), &sent));
    let human = house.run(&[]);
    assert!(stdout(&human).contains(sent.as_str().unwrap()), "{}", stdout(&human));
    let again = house.run(&["--json", "--retry-unknown", "--timeout", "1", "--total-timeout", "1"]);
    let (rows, _) = objects(&again);
    let second = &house.arrived()[1]["body"]["biz_opaque_callback_data"];
    assert_eq!(rows[0]["references"], json!([sent, second]), "{rows:?}");
    // A reference that nothing went out under is not told.
    house.write("phone,message\n919876543210,a\n");
    let (rows, _) = objects(&house.run(&["--json", "--dry-run"]));
    assert_eq!((&rows[0]["outcome"], rows[0].get("reference")), (&json!("would_send"), None));
}

#[test]
fn a_log_that_nobody_reads_holds_neither_rows_nor_signals_up() {
    // Nobody reads the other end, which stays open.
    let (unread, full) = std::io::pipe().unwrap();
    let house = House::new(&texts(300));
    let mut command = house.command(&["--json"]);
    command.env("WAMID_LOG", "trace").stdout(Stdio::piped()).stderr(full.try_clone().unwrap());
    let output = command.spawn().unwrap().wait_with_output().unwrap();
    let (_, summary) = objects(&output);
    assert_eq!((status(&output), &summary["sent"]), (0, &json!(300)), "{summary}");

    // The pipe is full by now. One that takes two seconds, and others that would follow it.
    house.write(texts(100).replacen("9198765", "15550900001,Slow\n9198765", 1));
    let mut command = house.command(&["--json", "--concurrency", "1", "--ledger"]);
    command.arg(house.folder.path().join("other.ledger")).env("WAMID_LOG", "trace");
    let child = command.stdout(Stdio::piped()).stderr(full).spawn().unwrap();
    until(|| house.meta.ask("GET", "messages").contains("Slow"));
    signal(&child, Signal::INT);
    let output = child.wait_with_output().unwrap();
    let (_, summary) = objects(&output);
    assert_eq!((status(&output), &summary["sent"], &summary["not_tried"]), (130, &json!(1), &json!(100)));

    drop(unread);
}

#[test]
fn logs_that_cannot_be_written_change_nothing() {
    let house = House::new(&texts(20));
    for log in ["debug", "trace"] {
        let mut command = house.command(&["--json", "--ledger", "/dev/stdout-is-no-ledger"]);
        command.args(["--dry-run"]).env("WAMID_LOG", log);
        command.stderr(std::fs::File::create("/dev/full").unwrap());
        assert_eq!(status(&command.output().unwrap()), 0);
    }
    let mut command = house.command(&["--json"]);
    command.env("WAMID_LOG", "trace").stderr(std::fs::File::create("/dev/full").unwrap());
    let output = command.stdout(Stdio::piped()).spawn().unwrap().wait_with_output().unwrap();
    let (rows, summary) = objects(&output);
    assert_eq!((status(&output), rows.len(), &summary["sent"]), (0, 20, &json!(20)), "{summary}");
    assert_eq!(house.arrived().len(), 20);
}
