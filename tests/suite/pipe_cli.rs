//! `pipe` as a program: order, errors, a closed output, memory.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::{self, run_with_input};

fn record(id: usize) -> String {
    let record = json!({
        "id": id,
        "source": [format!("في {} مايو التقى الوفدان.", id % 28 + 1), "ناقش الوفدان ستة ملفات.", "انتهى اللقاء."],
        "target": [format!("The delegations met on {} May.", id % 28 + 1), "They discussed six files.", "It ended."],
        "source_lang": "ar",
        "target_lang": "en",
    });
    record.to_string() + "\n"
}

/// A running `pipe`.
fn start(arguments: &[&str]) -> Child {
    support::plain()
        .args(["--quiet", "pipe"])
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

fn wait(child: &mut Child) -> i32 {
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(30) {
        if let Some(status) = child.try_wait().unwrap() {
            return status.code().expect("it ends by itself");
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    child.kill().unwrap();
    panic!("it did not end");
}

#[test]
fn answers_come_in_the_order_of_the_records_among_them_the_errors() {
    let bad = |id: usize| format!("{{\"id\": {id}, \"source\": \n");
    let input: String = (0..40).map(|id| if id % 10 == 3 { bad(id) } else { record(id) }).collect();
    let folder = tempfile::tempdir().unwrap();
    let one = run_with_input(folder.path(), &["pipe", "--jobs", "1"], input.as_bytes());
    let two = run_with_input(folder.path(), &["pipe", "--jobs", "3"], input.as_bytes());
    assert_eq!((one.code, &one.out), (0, &two.out));
    assert!(one.err.contains("40 records, 4 of them with an error"), "{}", one.err);
    for (id, line) in one.out.lines().enumerate() {
        let answer: Value = serde_json::from_str(line).unwrap();
        assert_eq!(answer["id"], json!(id));
        if id % 10 == 3 {
            assert_eq!(answer["line"], json!(id + 1));
            assert!(answer["error"].as_str().unwrap().starts_with("not JSON"));
        } else {
            let first = &answer["beads"][0];
            assert_eq!((&first["source"], &first["target"]), (&json!([0]), &json!([0])));
        }
    }
    assert_eq!(one.out.lines().count(), 40);
    let failing = run_with_input(folder.path(), &["pipe", "--fail-on-error"], input.as_bytes());
    assert_eq!(failing.code, 1);
}

#[test]
fn a_record_is_answered_without_waiting_for_the_next() {
    let mut child = start(&[]);
    let (mut to, mut from) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
    for id in 0..3 {
        to.write_all(record(id).as_bytes()).unwrap();
        to.flush().unwrap();
        let mut answer = String::new();
        from.read_line(&mut answer).unwrap();
        assert!(answer.starts_with(&format!("{{\"id\":{id},")), "{answer}");
    }
    drop(to);
    assert_eq!(wait(&mut child), 0);
}

#[test]
fn a_closed_output_ends_it_quietly_although_more_could_come() {
    let mut child = start(&["--jobs", "2"]);
    let mut to = child.stdin.take().unwrap();
    let mut from = BufReader::new(child.stdout.take().unwrap());
    to.write_all(record(0).as_bytes()).unwrap();
    let mut answer = String::new();
    from.read_line(&mut answer).unwrap();
    drop(from);
    // The input stays open: it must not wait for its end.
    for id in 1..20 {
        if to.write_all(record(id).as_bytes()).is_err() {
            break;
        }
    }
    assert_eq!(wait(&mut child), 0);
    let mut messages = String::new();
    child.stderr.take().unwrap().read_to_string(&mut messages).unwrap();
    assert_eq!(messages, "");
}

/// The most memory that a process ever had, in bytes.
fn peak(id: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find(|l| l.starts_with("VmHWM:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? * 1024)
}

#[test]
fn memory_does_not_grow_with_the_number_of_records() {
    if !Path::new("/proc/self/status").exists() {
        support::left_out::say("the memory of a pipe", "as there is no /proc to measure it by");
        return;
    }
    let mut child = start(&["--jobs", "2"]);
    let id = child.id();
    let mut to = child.stdin.take().unwrap();
    let mut from = BufReader::new(child.stdout.take().unwrap());
    let feeder = std::thread::spawn(move || {
        for id in 0..3000 {
            to.write_all(record(id).as_bytes()).unwrap();
        }
        to
    });
    let (mut line, mut peaks) = (String::new(), Vec::new());
    for number in 1..=3000 {
        line.clear();
        from.read_line(&mut line).unwrap();
        if number == 500 || number == 3000 {
            peaks.extend(peak(id));
        }
    }
    drop(feeder.join().unwrap());
    assert_eq!(wait(&mut child), 0);
    let (early, late) = (peaks[0], peaks[1]);
    assert!(late < early + 4_000_000, "{early} bytes after 500 records, {late} after 3000");
}

#[test]
fn pairs_less_sure_than_asked_for_are_left_out_and_strangers_are_suspected() {
    let stranger = json!({
        "id": "s", "source": ["لم يحضر الطبيب أمس إلى العيادة."], "target": ["Cows and sheep eat green grass in the fields."],
        "source_lang": "ar", "target_lang": "en",
    });
    let input = format!("{}{stranger}\n", record(1));
    let folder = tempfile::tempdir().unwrap();
    let answers = |more: &[&str]| {
        let ran = run_with_input(folder.path(), &[&["pipe"], more].concat(), input.as_bytes());
        let lines: Vec<Value> = ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        (lines, ran.err)
    };
    let (all, said) = answers(&[]);
    assert!(!said.contains("left out"), "{said}");
    assert_eq!(all[0]["figures"]["suspicions"], json!([]), "{}", all[0]);
    assert_eq!(all[1]["figures"]["suspicions"], json!(["not-translations"]), "{}", all[1]);
    let beads = |answer: &Value| answer["beads"].as_array().unwrap().clone();
    let (sure, said) = answers(&["--min-confidence", "0.8"]);
    assert!(beads(&sure[0]).len() >= 2, "{}", sure[0]);
    assert!(beads(&sure[0]).iter().all(|bead| bead["confidence"].as_f64() >= Some(0.8)), "{}", sure[0]);
    assert_eq!(beads(&sure[1]), [] as [Value; 0], "{}", sure[1]);
    // The figures tell what was found.
    assert_eq!(sure[1]["figures"], all[1]["figures"]);
    let left_out = all.iter().map(|a| beads(a).len()).sum::<usize>() - beads(&sure[0]).len();
    let told =
        format!("left out  {left_out} pair{} less sure than 0.8\n", if left_out == 1 { "" } else { "s" });
    assert!(said.contains(&told), "{said}");
}

/// One record of many long segments must not hold up the others for longer than was said.
#[test]
fn a_record_that_takes_too_long_is_answered_with_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    let long: Vec<String> =
        (0..40_000).map(|i| format!("word{} and word{} again", i % 977, i % 811)).collect();
    let slow = serde_json::json!({"id": "slow", "source": long, "target": long, "source_lang": "en", "target_lang": "de"});
    let quick =
        r#"{"id": "quick", "source": "One.", "target": "Eins.", "source_lang": "en", "target_lang": "de"}"#;
    let input = format!("{slow}\n{quick}\n");
    let ran = run_with_input(folder.path(), &["pipe", "--jobs", "1", "--timeout", "0.2"], input.as_bytes());
    assert_eq!(ran.code, 0, "{}", ran.err);
    let answers: Vec<&str> = ran.out.lines().collect();
    assert_eq!(answers[0], r#"{"id":"slow","line":1,"error":"it took longer than 0.2 s"}"#);
    assert!(answers[1].starts_with(r#"{"id":"quick","source_lang""#), "{}", answers[1]);
    assert!(ran.err.contains("2 records, 1 of them with an error"), "{}", ran.err);
}

/// A record whose text is in another script than its language is answered with a warning; the others go on without one.
#[test]
fn a_record_in_another_script_than_its_language_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let swapped = json!({
        "id": 7,
        "source": "The minister arrived in the capital yesterday.",
        "target": "وصل الوزير إلى العاصمة أمس.",
        "source_lang": "ar",
        "target_lang": "en",
    });
    let input = format!("{swapped}\n{}", record(8));
    let ran = run_with_input(folder.path(), &["pipe"], input.as_bytes());
    assert_eq!(ran.code, 0, "{}", ran.err);
    let answers: Vec<Value> = ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(
        answers[0]["warnings"],
        json!([
            "source: the text is in Latin letters, and ar is not written in these",
            "target: the text is in Arabic letters, and en is not written in these",
        ])
    );
    assert_eq!(answers[1].get("warnings"), None);
    // Named for all records, it is the same.
    let bare = json!({"source": "وصل الوزير إلى العاصمة أمس.", "target": "The minister arrived yesterday."});
    let arguments = ["pipe", "--source-lang", "en", "--target-lang", "ar"];
    let ran = run_with_input(folder.path(), &arguments, format!("{bare}\n").as_bytes());
    let answer: Value = serde_json::from_str(ran.out.trim()).unwrap();
    assert!(answer["warnings"][0].as_str().unwrap().contains("en is not written in these"), "{answer}");
}
