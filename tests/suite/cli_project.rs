//! The commands on projects: align --save, status, export, history, realign.

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use muqabala::project::{BeadId, Decision, Edit, ProjectFile, Stamp};
use predicates::prelude::*;

fn muqabala() -> Command {
    crate::support::program()
}

fn saved(folder: &Path) -> PathBuf {
    std::fs::write(folder.join("ar.txt"), "وقع الوزيران اتفاقا في 2024.\nانتهى الاجتماع اليوم.\n").unwrap();
    std::fs::write(
        folder.join("en.txt"),
        "The ministers signed an agreement in 2024.\nThe meeting ended today.\n",
    )
    .unwrap();
    muqabala()
        .current_dir(folder)
        .args(["align", "ar.txt", "en.txt", "--save", "p.muq", "-o", "p.tmx"])
        .assert()
        .success()
        .stderr(predicate::str::contains("saved     p.muq"));
    folder.join("p.muq")
}

fn decide(path: &Path, decision: Decision) {
    let mut file = ProjectFile::open(path).unwrap();
    let beads: Vec<BeadId> = file.project().beads().map(|b| b.id).collect();
    let aligner = muqabala::session::PipelineAligner::new(muqabala::pipeline::AlignOptions::default());
    for bead in beads {
        file.edit(
            Edit::Decide { bead, decision },
            Stamp { at: 1_721_692_800_000, reviewer: "سارة" },
            &aligner,
        )
        .unwrap();
    }
}

#[test]
fn status_is_1_until_everything_is_decided() {
    let folder = tempfile::tempdir().unwrap();
    let path = saved(folder.path());
    muqabala().arg("status").arg(&path).assert().code(1).stdout(predicate::str::contains("pending    2"));
    decide(&path, Decision::Flagged);
    muqabala().arg("status").arg(&path).assert().code(1);
    decide(&path, Decision::Accepted);
    muqabala().arg("status").arg(&path).assert().code(0).stdout(predicate::str::contains("accepted   2"));
}

#[test]
fn export_writes_what_was_decided() {
    let folder = tempfile::tempdir().unwrap();
    let path = saved(folder.path());
    let export = |more: &[&str]| {
        let output =
            muqabala().arg("export").arg(&path).args(["--format", "tsv"]).args(more).output().unwrap();
        assert!(output.status.success());
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(export(&[]).contains("وقع الوزيران اتفاقا في 2024."));
    assert_eq!(export(&["--only", "accepted"]).lines().count(), 1, "the header alone");
    decide(&path, Decision::Accepted);
    assert_eq!(export(&["--only", "accepted"]).lines().count(), 3);
    decide(&path, Decision::Rejected);
    assert_eq!(export(&[]).lines().count(), 1);
}

#[test]
fn an_unreviewed_project_exports_what_align_wrote() {
    let folder = tempfile::tempdir().unwrap();
    let path = saved(folder.path());
    let output = muqabala()
        .arg("export")
        .arg(&path)
        .args(["-o", "q.tmx", "--creation-date", "2024-07-23"])
        .current_dir(folder.path())
        .assert()
        .success()
        .stderr(predicate::str::contains("exported 2 of 2 pairs, 2 units\n"));
    drop(output);
    let segs = |name: &str| {
        let text = std::fs::read_to_string(folder.path().join(name)).unwrap();
        text.split("<seg>").skip(1).map(|s| s.split("</seg>").next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(segs("p.tmx"), segs("q.tmx"));
    assert_eq!(segs("p.tmx").len(), 4);
}

#[test]
fn history_tells_every_edit() {
    let folder = tempfile::tempdir().unwrap();
    let path = saved(folder.path());
    decide(&path, Decision::Accepted);
    muqabala().arg("history").arg(&path).assert().success().stdout(predicate::str::contains(
        "1\t20240723T000000Z\tسارة\t{\"edit\":\"decide\",\"bead\":1,\"decision\":\"accepted\"}",
    ));
    let last = muqabala().args(["history", "--last", "1"]).arg(&path).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&last.stdout).lines().count(), 1);
}

#[test]
fn realign_keeps_what_is_accepted() {
    let folder = tempfile::tempdir().unwrap();
    let path = saved(folder.path());
    decide(&path, Decision::Accepted);
    let before = muqabala::project::store::read(&path).unwrap().0;
    muqabala()
        .arg("realign")
        .arg(&path)
        .assert()
        .success()
        .stderr(predicate::str::contains("nothing changed"));
    assert_eq!(muqabala::project::store::read(&path).unwrap().0.state(), before.state());
}

#[test]
fn what_a_project_was_aligned_with_is_kept_and_used_again() {
    let folder = tempfile::tempdir().unwrap();
    // Words that no lexicon knows and that stand once, so that only the one given can tell what they mean.
    let spelt = |letters: &str, n: usize| -> String {
        let letters: Vec<char> = letters.chars().collect();
        [n % 5, n / 5 % 5, 5 + n % 4, n / 25 % 5, 5 + n / 7 % 4].iter().map(|&i| letters[i]).collect()
    };
    let words: Vec<_> = (0..90).map(|n| (spelt("غرفشبنطقع", n), spelt("zqtrmifol", n))).collect();
    let lines = |words: Vec<&str>| words.chunks(3).map(|w| w.join(" ") + ".\n").collect::<Vec<_>>().concat();
    std::fs::write(folder.path().join("ar.txt"), lines(words.iter().map(|w| &*w.0).collect())).unwrap();
    std::fs::write(folder.path().join("en.txt"), lines(words.iter().map(|w| &*w.1).collect())).unwrap();
    let lexicon = words.iter().map(|(a, b)| format!("{a}\t{b}\n")).collect::<Vec<_>>().concat();
    std::fs::write(folder.path().join("own.tsv"), lexicon).unwrap();
    muqabala()
        .current_dir(folder.path())
        .args(["align", "ar.txt", "en.txt", "--source-lang", "ar", "--target-lang", "en", "--save", "p.muq"])
        .args(["-o", "p.tmx", "--lexicon", "own.tsv", "--monotone", "--without", "names,length"])
        .assert()
        .success();
    std::fs::remove_file(folder.path().join("own.tsv")).unwrap();
    let path = folder.path().join("p.muq");
    let (project, _) = muqabala::project::store::read(&path).unwrap();
    let aligning = project.aligning();
    let without: Vec<&str> = aligning.choices.without.iter().map(|k| k.name()).collect();
    assert_eq!(without, ["names", "length"]);
    assert_eq!(aligning.choices.crossing, muqabala::bitext::Crossing::Forbidden);
    assert_eq!(aligning.dictionaries.len(), 1);
    assert!(aligning.dictionaries[0].pairs.len() > 60);
    // The re-aligner goes by the lexicon that is gone from the disk, but not without the project's copy of it.
    let cost = |project: &muqabala::project::Project| {
        let aligner = muqabala::session::PipelineAligner::of(project);
        let again = muqabala::project::Realigner::realign(&aligner, &project.bitext(), &[]);
        again.beads().iter().map(|b| b.cost.units()).sum::<i64>()
    };
    let (mut with, mut without) = (project.clone(), project.clone());
    with.set_lexicon(Vec::new());
    without.set_lexicon(Vec::new());
    let mut fewer = aligning.clone();
    fewer.dictionaries.clear();
    without.set_aligning(fewer);
    assert!(cost(&with) < cost(&without), "{} {}", cost(&with), cost(&without));
    muqabala().current_dir(folder.path()).args(["realign", "p.muq"]).assert().success();
    let after = muqabala::project::store::read(&path).unwrap().0;
    assert_eq!(after.aligning(), aligning);
}

#[test]
fn words_learnt_are_kept_in_the_project() {
    let folder = tempfile::tempdir().unwrap();
    let lines = |line: fn(u32) -> String| (0..12).map(line).collect::<Vec<_>>().concat();
    let arabic = lines(|i| format!("اجتمع الوفد رقم {i} في بغداد عام {}.\n", 1990 + i));
    let english = lines(|i| format!("Delegation number {i} met in Baghdad in {}.\n", 1990 + i));
    std::fs::write(folder.path().join("ar.txt"), arabic).unwrap();
    std::fs::write(folder.path().join("en.txt"), english).unwrap();
    muqabala()
        .current_dir(folder.path())
        .args(["align", "ar.txt", "en.txt", "--save", "p.muq", "-o", "p.tmx"])
        .assert()
        .success();
    let (project, _) = muqabala::project::store::read(&folder.path().join("p.muq")).unwrap();
    assert!(!project.lexicon().is_empty());
    assert!(project.lexicon().iter().all(|p| (0.0..=1.0).contains(&p.probability)));
    assert_eq!(project.lexicon(), muqabala::session::learn(&project));
}

#[test]
fn a_memory_says_what_was_decided_and_why() {
    let folder = tempfile::tempdir().unwrap();
    let path = saved(folder.path());
    let mut file = ProjectFile::open(&path).unwrap();
    let aligner = muqabala::session::PipelineAligner::of(file.project());
    let beads: Vec<BeadId> = file.project().beads().map(|b| b.id).collect();
    let segment = file.project().segments(muqabala::bitext::Side::Target)[0].span.start;
    let stamp = Stamp { at: 0, reviewer: "سارة" };
    let side = muqabala::project::SideName::Target;
    for edit in [
        Edit::Correct { side, segment, text: Some("The ministers <signed> a pact in 2024.".to_owned()) },
        Edit::Decide { bead: beads[0], decision: Decision::Accepted },
        Edit::Comment { bead: beads[0], text: "اسأل & تأكد".to_owned() },
    ] {
        file.edit(edit, stamp, &aligner).unwrap();
    }
    drop(file);
    let output = muqabala().arg("export").arg(&path).args(["--format", "tmx"]).output().unwrap();
    let tmx = String::from_utf8(output.stdout).unwrap();
    let first = tmx.split("</tu>").next().unwrap();
    assert!(first.contains("<note>اسأل &amp; تأكد</note>"), "{tmx}");
    assert!(first.contains("<prop type=\"x-status\">accepted</prop>"), "{tmx}");
    assert!(first.contains("<prop type=\"x-confidence\">"), "{tmx}");
    assert!(first.contains("<seg>The ministers &lt;signed&gt; a pact in 2024.</seg>"), "{tmx}");
    assert!(tmx.contains("<prop type=\"x-status\">pending</prop>"), "{tmx}");
}

#[test]
fn a_project_is_not_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    saved(folder.path());
    muqabala()
        .current_dir(folder.path())
        .args(["align", "ar.txt", "en.txt", "--save", "p.muq"])
        .assert()
        .code(2)
        .stderr(predicate::str::contains("exists already"));
    muqabala()
        .current_dir(folder.path())
        .args(["status", "none.muq"])
        .assert()
        .code(2)
        .stderr(predicate::str::contains("does not exist"));
}

#[test]
fn update_takes_a_project_over_to_a_new_version_and_keeps_the_old_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = saved(folder.path());
    decide(&path, Decision::Accepted);
    let before = muqabala::project::store::read(&path).unwrap();
    std::fs::write(
        folder.path().join("v2.txt"),
        "The ministers signed an agreement in 2024.\nThe meeting ended yesterday.\n",
    )
    .unwrap();
    let update = |more: &[&str]| {
        let mut command = muqabala();
        command.current_dir(folder.path()).args(["update", "p.muq", "--target", "v2.txt"]).args(more);
        command.output().unwrap()
    };
    // Elsewhere first: the project stays as it is.
    let output = update(&["--save", "other.muq", "--json"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        (&told["kept"], &told["gone"], &told["old"]),
        (&1.into(), &1.into(), &serde_json::Value::Null)
    );
    assert_eq!(told["lost"][0]["target"], "The meeting ended today.");
    assert_eq!(told["fresh"][0]["target"], "The meeting ended yesterday.");
    assert_eq!(muqabala::project::store::read(&path).unwrap().0.state(), before.0.state());

    let output = update(&[]);
    let (out, err) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    insta::assert_snapshot!(out, @r"
    kept       1
    anew       1
    gone       1

    Said of pairs that are gone:

    2  accepted, by سارة, now pair 2
      انتهى الاجتماع اليوم.
      The meeting ended today.

    Aligned anew:

    2  1-1  1.00
      انتهى الاجتماع اليوم.
      The meeting ended yesterday.
    ");
    assert!(err.contains("decisions, comments or pins on 1 pair whose text is gone"), "{err}");
    let kept = folder.path().join("p.before-update.muq");
    let (old, journal) = muqabala::project::store::read(&kept).unwrap();
    assert_eq!((old.state(), journal), (before.0.state(), before.1));
    let file = ProjectFile::open(&path).unwrap();
    assert_eq!((file.project().counts().accepted, file.project().counts().pending), (1, 1));
    assert_eq!(
        (file.project().name(muqabala::bitext::Side::Target), file.journal().revision()),
        ("v2.txt", 0)
    );
    file.verify().unwrap();
    drop(file);

    // The same again changes nothing and keeps nothing more.
    let again = update(&[]);
    assert!(String::from_utf8_lossy(&again.stderr).contains("nothing changed"));
    assert!(!folder.path().join("p.before-update-2.muq").exists());
}

#[test]
fn update_keeps_pairs_of_which_only_blanks_changed_and_those_that_were_corrected_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = saved(folder.path());
    decide(&path, Decision::Accepted);
    let held =
        |_: &muqabala::bitext::Bitext, _: &[muqabala::bitext::Pin]| muqabala::bitext::Alignment::default();
    let mut file = ProjectFile::open(&path).unwrap();
    let side = muqabala::bitext::Side::Target;
    let segment = file.project().segments(side)[1].span.start;
    let text = Some("The meeting ended yesterday.".to_owned());
    let stamp = Stamp { at: 0, reviewer: "" };
    file.edit(Edit::Correct { side: side.into(), segment, text }, stamp, &held).unwrap();
    drop(file);
    let new = "The ministers\u{a0}signed an agreement in 2024.\nThe meeting ended yesterday.\n";
    std::fs::write(folder.path().join("v2.txt"), new).unwrap();
    let update = |more: &[&str]| {
        let mut command = muqabala();
        command.current_dir(folder.path()).args(["update", "p.muq", "--target", "v2.txt"]).args(more);
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let told: serde_json::Value = serde_json::from_str(&update(&["--save", "other.muq", "--json"])).unwrap();
    let counts =
        ["kept", "respelt", "gone", "corrections-fulfilled"].map(|name| told[name].as_u64().unwrap());
    assert_eq!(counts, [2, 1, 0, 1]);
    insta::assert_snapshot!(update(&[]), @r"
    kept       2
               1 of them with other blanks, unseen marks or vowel signs
    anew       0
    gone       0
    corrected  1 correction now in the documents themselves
    ");
    let (project, _) = muqabala::project::store::read(&path).unwrap();
    let texts: Vec<&str> = project.segments(side).iter().map(|s| project.segment_text(side, s)).collect();
    assert_eq!(texts, ["The ministers\u{a0}signed an agreement in 2024.", "The meeting ended yesterday."]);
    assert_eq!(project.counts().accepted, 2);
}

#[test]
fn update_refuses_what_it_cannot_do_and_leaves_the_project_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = saved(folder.path());
    let before = std::fs::read(&path).unwrap();
    let update = |arguments: &[&str], said: &str| {
        let mut command = muqabala();
        command.current_dir(folder.path()).args(["update", "p.muq"]).args(arguments);
        command.assert().code(2).stderr(predicate::str::contains(said));
    };
    update(&[], "--source");
    update(&["--target", "none.txt"], "none.txt");
    update(&["--target", "ar.txt"], "Arabic");
    update(&["--target", "en.txt", "--save", "p.muq"], "p.muq");
    let open = ProjectFile::open(&path).unwrap();
    update(&["--target", "ar.txt"], "open in another process");
    drop(open);
    assert_eq!(std::fs::read(&path).unwrap(), before);
}
