//! The commands on projects: align --save, status, export, history, realign.
#![expect(clippy::unwrap_used, reason = "a test may panic, and clippy sees tests only where #[test] stands")]

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use muqabala::project::{BeadId, Decision, Edit, ProjectFile, Stamp};
use predicates::prelude::*;

fn muqabala() -> Command {
    Command::new(env!("CARGO_BIN_EXE_muqabala"))
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
    let aligner = muqabala::review::PipelineAligner::new(muqabala::pipeline::AlignOptions::default());
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
        .success();
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
