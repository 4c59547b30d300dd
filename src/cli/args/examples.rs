//! The examples at the end of each command's `--help`, and in its manual page. A test holds each of them against
//! the definitions, so that none can be mistyped.

use clap::{Command, CommandFactory};

use super::Cli;

/// The definitions of what can be typed, with examples.
pub(crate) fn command() -> Command {
    EXAMPLES.iter().fold(Cli::command(), |command, (path, text)| with_example(command, path, text))
}

fn with_example(command: Command, path: &str, text: &'static str) -> Command {
    match path.split_once(' ') {
        Some((first, rest)) => command.mut_subcommand(first, |inner| with_example(inner, rest, text)),
        None => command.mut_subcommand(path, |inner| inner.after_help(text)),
    }
}

/// Commands, and the examples of each.
const EXAMPLES: [(&str, &str); 35] = [
    (
        "start",
        "\
Examples:
  muqabala start                                 the same as muqabala alone, where there is a desktop
  muqabala start --folder jobs                   with the projects in another folder
  muqabala start --no-open --keep                open the address that it writes yourself",
    ),
    (
        "demo",
        "\
Examples:
  muqabala demo                                  show the alignment
  muqabala demo --review                         correct it in the browser
  muqabala demo --write-documents try            also write try/ar.txt and try/en.txt to play with",
    ),
    (
        "doctor",
        "\
Example:
  muqabala doctor",
    ),
    (
        "config",
        "\
Examples:
  muqabala config                                what counts in this folder
  muqabala config law.ar.docx                    what counts for a document
  muqabala config --json",
    ),
    (
        "languages",
        "\
Examples:
  muqabala languages
  muqabala languages --json",
    ),
    (
        "man",
        "\
Examples:
  muqabala man ~/.local/share/man/man1           then: man muqabala-align
  muqabala man man",
    ),
    (
        "align",
        "\
Examples:
  muqabala align law.ar.docx law.en.docx                         show what corresponds to what
  muqabala align law.ar.docx law.en.docx -o law.tmx              write a translation memory
  muqabala align ar.txt en.txt -o check.html                     a report to look through
  muqabala align ar.txt en.txt --lexicon terms.tbx -o law.tmx    with your own words
  muqabala align ar.txt en.txt --pins fixed.tsv                  with places that must stay
  muqabala align ar.txt en.txt --save law.muq                    to review it later
  muqabala align --from old.tmx -o new.tmx                       an old memory's texts, aligned anew
  muqabala align --from old.sdlxliff --keep-units --save job.muq   their own pairs, to look through
  muqabala align --from app.csv --columns en,ar -o app.tmx       two columns of a table
  muqabala align --interleaved both.docx -o both.tmx             one document that holds both languages in turn",
    ),
    (
        "read",
        "\
Examples:
  muqabala read minutes.docx
  muqabala read https://example.org/news --whole-page
  muqabala read minutes.pdf --json",
    ),
    (
        "segment",
        "\
Examples:
  muqabala segment ar.txt --numbered
  muqabala segment ar.txt --srx omegat.srx       cut as a CAT tool does
  muqabala segment --export-srx > muqabala.srx   make a CAT tool cut as muqabala does",
    ),
    (
        "anchors",
        "\
Example:
  muqabala anchors ar.txt --lang ar",
    ),
    (
        "show",
        "\
Examples:
  muqabala show pairs.jsonl
  muqabala show pairs.jsonl --source-lang ar --target-lang en -o pairs.tmx",
    ),
    (
        "review",
        "\
Examples:
  muqabala review law.ar.docx law.en.docx        align, save law.muq, open the page
  muqabala review law.muq                        go on where you were
  muqabala review law.muq --no-open              open the address that it writes yourself",
    ),
    (
        "status",
        "\
Examples:
  muqabala status law.muq
  muqabala status law.muq --doubtful 30",
    ),
    (
        "history",
        "\
Example:
  muqabala history law.muq --last 20",
    ),
    (
        "export",
        "\
Examples:
  muqabala export law.muq -o law.tmx
  muqabala export law.muq --only accepted -o law.tmx
  muqabala export law.muq --split-by-status -o law.tmx",
    ),
    (
        "realign",
        "\
Example:
  muqabala realign law.muq",
    ),
    (
        "update",
        "\
Examples:
  muqabala update law.muq --target law.en.v2.docx                  the translation was revised
  muqabala update law.muq --source v2.ar.docx --target v2.en.docx
  muqabala update law.muq --target v2.docx --save law-v2.muq       leave law.muq as it is",
    ),
    (
        "compare",
        "\
Examples:
  muqabala compare sara.muq omar.muq
  muqabala compare sara.muq omar.muq --html compared.html
  muqabala compare sara.muq omar.muq --json",
    ),
    (
        "merge",
        "\
Example:
  muqabala merge mine.muq hers.muq               take hers over into mine where mine says nothing",
    ),
    (
        "search",
        "\
Examples:
  muqabala search اتفاق                                all pairs of this folder and those below it
  muqabala search اتفاق agreement --folder corpus      pairs that hold both
  muqabala search agree* --lang en -o agree.tsv        whatever begins so, as a table
  muqabala search كتب --forms -o كتب.tmx               other forms too, as a memory",
    ),
    (
        "evaluate",
        "\
Examples:
  muqabala evaluate corpora/jscd-2024
  muqabala evaluate corpora/jscd-2024 --fail-under 0.95
  muqabala evaluate corpora/jscd-2024 --without words,dates --json",
    ),
    (
        "snapshot",
        "\
Examples:
  muqabala snapshot corpora                      write corpora/snapshots/....snap
  muqabala snapshot corpora --check              status 1, and what changed, if anything did
  muqabala snapshot corpora --check --compare beads",
    ),
    (
        "batch",
        "\
Examples:
  muqabala batch pairs.tsv --output aligned
  muqabala batch corpus/ar corpus/en --output aligned --timeout 60
  muqabala batch minutes --interleaved --output aligned     each document holds both languages in turn
  muqabala batch pairs.tsv --output aligned --resume",
    ),
    (
        "pipe",
        "\
Examples:
  muqabala pipe < records.jsonl > answers.jsonl
  muqabala pipe --detail beads --source-lang ar --target-lang en < records.jsonl",
    ),
    (
        "lexicon",
        "\
Examples:
  muqabala lexicon show العراق
  muqabala lexicon check terms.tsv
  muqabala lexicon learn memory.tmx -o learnt.tsv",
    ),
    (
        "completions",
        "\
Examples:
  muqabala completions bash > ~/.local/share/bash-completion/completions/muqabala
  muqabala completions zsh > ~/.zfunc/_muqabala",
    ),
    (
        "tmx check",
        "\
Examples:
  muqabala tmx check memory.tmx
  muqabala tmx check memory.tmx --tool omegat --least error
  muqabala tmx check memory.tmx --without duplicate,number-mismatch --json",
    ),
    (
        "tmx fix",
        "\
Examples:
  muqabala tmx fix memory.tmx -o mended.tmx
  muqabala tmx fix memory.tmx --lang ar-SA=ar -o mended.tmx",
    ),
    (
        "tmx clean",
        "\
Examples:
  muqabala tmx clean memory.tmx -o clean.tmx
  muqabala tmx clean memory.tmx --drop empty-segment,no-source -o clean.tmx",
    ),
    (
        "tmx merge",
        "\
Example:
  muqabala tmx merge old.tmx new.tmx -o all.tmx",
    ),
    (
        "tmx split",
        "\
Examples:
  muqabala tmx split all.tmx --units 50000 -o part.tmx
  muqabala tmx split all.tmx --parts 4 -o part.tmx",
    ),
    (
        "tmx diff",
        "\
Example:
  muqabala tmx diff before.tmx after.tmx",
    ),
    (
        "tmx stats",
        "\
Example:
  muqabala tmx stats memory.tmx --json",
    ),
    (
        "tmx extract",
        "\
Examples:
  muqabala tmx extract all.tmx --source-lang fr --target-lang ar -o fr-ar.tmx
  muqabala tmx extract all.tmx --source-lang en-US --target-lang en-GB -o spelling.tmx",
    ),
    (
        "tmx reverse",
        "\
Example:
  muqabala tmx reverse ar-en.tmx -o en-ar.tmx",
    ),
];
