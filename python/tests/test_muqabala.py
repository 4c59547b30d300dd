"""Tests of the module, on the program that is installed with it: python -m unittest discover python/tests"""

import doctest
import multiprocessing
import os
import pickle
import subprocess
import tempfile
import threading
import unittest
import warnings
from pathlib import Path

import muqabala

ARABIC = ["التقى الوزيران في بغداد.", "ناقش الوفدان ستة ملفات."]
ENGLISH = ["The ministers met in Baghdad.", "The delegations discussed six files."]
LANGUAGES = {"source_lang": "ar", "target_lang": "en"}


def in_a_fork(queue):
    queue.put([bead.type for bead in muqabala.align_texts(ARABIC, ENGLISH, **LANGUAGES)])


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        before = os.getcwd()
        self.addCleanup(os.chdir, before)
        os.chdir(folder.name)
        Path("ar.txt").write_text("\n".join(ARABIC) + "\n", encoding="utf-8")
        Path("en.txt").write_text("\n".join(ENGLISH) + "\n", encoding="utf-8")


class Texts(Case):
    def test_the_example_of_the_module(self):
        self.assertEqual(doctest.testmod(muqabala), (0, 3))

    def test_lists_of_segments_keep_their_indices(self):
        beads = muqabala.align_texts(ARABIC, tuple(ENGLISH), **LANGUAGES)
        self.assertEqual([(b.source, b.target, b.type) for b in beads], [([0], [0], "1-1"), ([1], [1], "1-1")])
        self.assertEqual(beads[0].source_text, ARABIC[0])
        self.assertGreater(beads[0].confidence, 0.5)
        self.assertEqual((beads.source_lang, beads.target_lang, len(beads)), ("ar", "en", 2))
        self.assertEqual(beads.figures["beads"], 2)
        self.assertEqual(muqabala.align, muqabala.align_texts)

    def test_evidence_is_had_or_left_out(self):
        self.assertIn("evidence", muqabala.align_texts(ARABIC, ENGLISH)[0].details)
        self.assertEqual(muqabala.align_texts(ARABIC, ENGLISH, detail="texts")[0].details, {})

    def test_the_name_of_a_file_is_no_text(self):
        for source in ("ar.txt", str(self.folder / "ar.txt")):
            with self.assertRaisesRegex(ValueError, "align_files"):
                muqabala.align_texts(source, "en.txt")
        with self.assertRaisesRegex(TypeError, "align_files"):
            muqabala.align_texts(Path("ar.txt"), "x")
        with self.assertRaises(TypeError):
            muqabala.align_texts(b"x", "x")
        # As a segment it is one, and so is what no file is called.
        self.assertEqual(len(muqabala.align_texts(["ar.txt"], ["ar.txt"])), 1)
        self.assertEqual(len(muqabala.align_texts("no.txt", "no.txt")), 1)

    def test_what_cannot_be_aligned_is_raised_and_the_next_is_aligned(self):
        with self.assertRaisesRegex(muqabala.AlignError, "no text"):
            muqabala.align_texts("", "x")
        with self.assertRaisesRegex(muqabala.AlignError, "such"):
            muqabala.align_texts("x", "x", options={"such": True})
        with self.assertRaisesRegex(muqabala.AlignError, "no such file"):
            muqabala.align_texts("x", "x", arguments=["--lexicon", "none.tsv"])
        self.assertEqual(len(muqabala.align_texts(ARABIC, ENGLISH)), 2)

    def test_settings_count_only_where_they_are_asked_for(self):
        Path("muqabala.toml").write_text("min-confidence = 1.0\nno-builtin-lexicon = true\n", encoding="utf-8")
        for arguments in ([], ["--monotone"], ["--no-settings"]):
            alignment = muqabala.align_texts(ARABIC, ENGLISH, arguments=arguments, **LANGUAGES)
            self.assertEqual(len(alignment), 2)
            alignment.save(f"texts{len(arguments)}{len(''.join(arguments))}.muq")
        self.assertEqual(len(muqabala.align_files("ar.txt", "en.txt")), 2)
        muqabala.align_files("ar.txt", "en.txt").save("files.muq")
        record = {"source": ARABIC, "target": ENGLISH, **LANGUAGES}
        self.assertEqual([len(a.beads) for a in muqabala.align_many([record])], [2])
        with muqabala.Aligner() as aligner:
            self.assertEqual(len(aligner.align(ARABIC, ENGLISH, **LANGUAGES)), 2)
        muqabala.align_texts(ARABIC, ENGLISH, **LANGUAGES).save("a.tsv")
        self.assertEqual(len(Path("a.tsv").read_text(encoding="utf-8").splitlines()), 3)
        # Here nothing is as sure as they ask for.
        self.assertEqual(len(muqabala.align_texts(ARABIC, ENGLISH, settings=True, **LANGUAGES)), 0)
        self.assertEqual(len(muqabala.align_texts(ARABIC, ENGLISH, settings=True, arguments=["--monotone"], **LANGUAGES)), 0)
        self.assertEqual(len(muqabala.align_texts(ARABIC, ENGLISH, **LANGUAGES)), 2)
        self.assertEqual([len(a.beads) for a in muqabala.align_many([record], settings=True)], [0])
        with muqabala.Aligner(settings=True) as aligner:
            self.assertEqual(len(aligner.align(ARABIC, ENGLISH, **LANGUAGES)), 0)
        self.assertEqual(len(muqabala.align_files("ar.txt", "en.txt", settings=True)), 0)
        Path("muqabala.toml").write_text("encoding = \"windows-1256\"\n", encoding="utf-8")
        self.assertIn(ARABIC[0], muqabala.read("ar.txt")[0].text)
        self.assertNotIn(ARABIC[0], muqabala.read("ar.txt", settings=True)[0].text)

    def test_a_mark_at_the_beginning_is_text(self):
        for sides in (("\ufeff" + "\n".join(ARABIC), "\n".join(ENGLISH)), (["\ufeff" + ARABIC[0], ARABIC[1]], ENGLISH)):
            alignment = muqabala.align_texts(*sides, **LANGUAGES)
            name = f"{type(sides[0]).__name__}.muq"
            alignment.save(name)
            self.assertTrue(os.path.exists(name))

    def test_what_has_no_order_is_no_list_of_segments(self):
        for wrong in ({"a": 1}, {"a", "b"}, frozenset("a"), {"a": 1}.keys()):
            with self.assertRaisesRegex(TypeError, "list in their order"):
                muqabala.align_texts(wrong, ["x"])
        answers = list(muqabala.align_many([{"id": 7, "source": {"a": 1}, "target": "x"}]))
        self.assertEqual(answers[0].id, 7)
        self.assertIn("list in their order", answers[0].error)
        with self.assertRaisesRegex(TypeError, "dictionaries"):
            list(muqabala.align_many({"source": "x", "target": "x"}))
        # Anything else that gives one after the other will do.
        self.assertEqual(len(muqabala.align_texts((text for text in ARABIC), iter(ENGLISH))), 2)

    def test_arguments_are_a_list_of_options(self):
        for call in (
            lambda: muqabala.align_texts("x", "x", arguments="--monotone"),
            lambda: muqabala.align_files("ar.txt", "en.txt", arguments="--monotone"),
            lambda: muqabala.read("ar.txt", arguments="--whole-page"),
            lambda: list(muqabala.align_many([], arguments=Path("x"))),
            lambda: muqabala.Aligner("--monotone"),
        ):
            with self.assertRaisesRegex(TypeError, "list of texts"):
                call()
        for call in (
            lambda: muqabala.align_texts("x", "x", arguments=["--help"]),
            lambda: muqabala.align_files("ar.txt", "en.txt", arguments=["--help"]),
            lambda: muqabala.read("ar.txt", arguments=["--help"]),
            lambda: list(muqabala.align_many([{"source": "x", "target": "x"}], arguments=["--help"])),
        ):
            with self.assertRaisesRegex(muqabala.AlignError, "`arguments`"):
                call()

    def test_threads_take_turns(self):
        found = {}

        def one(number):
            found[number] = muqabala.align_texts([f"{number}."], [f"{number}."])[0].source_text

        threads = [threading.Thread(target=one, args=(number,)) for number in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(found, {number: f"{number}." for number in range(20)})

    @unittest.skipUnless("fork" in multiprocessing.get_all_start_methods(), "there is no fork")
    def test_a_fork_begins_a_process_of_its_own(self):
        muqabala.align_texts(ARABIC, ENGLISH)
        context = multiprocessing.get_context("fork")
        queue = context.Queue()
        children = [context.Process(target=in_a_fork, args=(queue,)) for _ in range(2)]
        with warnings.catch_warnings():
            # Newer Pythons warn of forks beside threads.
            warnings.simplefilter("ignore")
            for child in children:
                child.start()
        self.assertEqual([queue.get(timeout=60) for _ in children], [["1-1", "1-1"]] * 2)
        for child in children:
            child.join()
        self.assertEqual(len(muqabala.align_texts(ARABIC, ENGLISH)), 2)

    def test_a_process_that_ended_is_begun_anew(self):
        with muqabala.Aligner() as aligner:
            self.assertEqual(len(aligner.align(ARABIC, ENGLISH)), 2)
            aligner._running._process.kill()
            with self.assertRaises(muqabala.AlignError):
                aligner.align(ARABIC, ENGLISH)
            self.assertEqual(len(aligner.align(ARABIC, ENGLISH)), 2)


class Many(Case):
    def test_many_records_are_answered_in_order_and_taken_as_needed(self):
        taken = []

        def records():
            for number in range(2000):
                taken.append(number)
                yield {"id": number, "source": ARABIC, "target": ENGLISH}

        answers = muqabala.align_many(records(), jobs=2)
        self.assertEqual([next(answers).id for _ in range(3)], [0, 1, 2])
        answers.close()
        self.assertLess(len(taken), 2000)
        everything = list(muqabala.align_many({"id": n, "source": ARABIC, "target": ENGLISH} for n in range(50)))
        self.assertEqual([a.id for a in everything], list(range(50)))

    def test_a_record_that_cannot_be_aligned_stops_nothing(self):
        good = {"source": ARABIC, "target": ENGLISH}
        bad = [{"id": 1, "source": "x"}, {"id": 2, "source": "ar.txt", "target": "x"}, {"id": 3, "source": b"", "target": ""}]
        answers = list(muqabala.align_many([*bad, good]))
        self.assertEqual([a.id for a in answers], [1, 2, 3, None])
        for answer, said in zip(answers, ["target", "name of a file", "bytes"]):
            self.assertIn(said, answer.error)
        self.assertEqual(len(answers[3].beads), 2)

    def test_what_json_cannot_hold_is_said_and_its_id_comes_back(self):
        good = {"source": ARABIC, "target": ENGLISH}
        nothing = object()
        bad = [{"id": float("inf"), **good}, {"id": nothing, **good}, {"id": 3, "options": {"x": float("nan")}, **good}]
        answers = list(muqabala.align_many([*bad, {"id": "last", **good}]))
        self.assertEqual([a.id for a in answers], [float("inf"), nothing, 3, "last"])
        self.assertTrue(all(a.error and "JSON" in a.error for a in answers[:3]), answers)
        self.assertEqual(len(answers[3].beads), 2)
        with self.assertRaises(ValueError):
            muqabala.align_texts("x", "x", options={"x": float("inf")})

    def test_what_the_program_says_is_said(self):
        with self.assertRaisesRegex(muqabala.AlignError, "^none.tsv: no such file"):
            list(muqabala.align_many([], arguments=["--lexicon", Path("none.tsv")]))

    def test_what_the_records_raise_is_raised(self):
        for error in (KeyError, ValueError):
            def records():
                yield {"source": ARABIC, "target": ENGLISH}
                raise error("mine")

            with self.assertRaises(error):
                list(muqabala.align_many(records()))


class Files(Case):
    def test_files_are_named_by_texts_and_paths(self):
        for source, target in [("ar.txt", "en.txt"), (Path("ar.txt"), self.folder / "en.txt")]:
            alignment = muqabala.align_files(source, target)
            self.assertEqual([b.type for b in alignment], ["1-1", "1-1"])
            self.assertEqual((alignment.source_lang, alignment.target_lang), ("ar", "en"))
            self.assertEqual(alignment.figures["beads"], 2)
        self.assertEqual(len(muqabala.align_files("ar.txt", "en.txt", options={"without": ["words"], "monotone": True})), 2)
        os.rename("ar.txt", "-ar.txt")
        self.assertEqual(len(muqabala.align_files("-ar.txt", "en.txt")), 2)

    def test_the_message_of_the_program_is_that_of_the_error(self):
        with self.assertRaisesRegex(muqabala.AlignError, "(?s)^none.docx: no such file.*hint"):
            muqabala.align_files("none.docx", "en.txt")
        with self.assertRaisesRegex(muqabala.AlignError, "no such file"):
            muqabala.read("none.docx")
        with self.assertRaises(TypeError):
            muqabala.align_files(ARABIC, ENGLISH)
        with self.assertRaisesRegex(muqabala.AlignError, "presegmented"):
            muqabala.align_files("ar.txt", "en.txt", options={"such": True})

    def test_what_one_should_know_of_a_document_is_a_warning(self):
        text = b"BT /F 12 Tf 50 700 Td (The ministers met in Baghdad. The delegations discussed six files.) Tj ET"
        objects = [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ]
        numbered = b"".join(b"%d 0 obj\n%s\nendobj\n" % numbered for numbered in enumerate(objects, 1))
        Path("en.pdf").write_bytes(b"%PDF-1.4\n" + numbered + b"trailer << /Root 1 0 R /Size 6 >>\n%%EOF\n")
        with self.assertWarnsRegex(muqabala.AlignWarning, "en.pdf"):
            alignment = muqabala.align_files("ar.txt", "en.pdf")
        self.assertEqual([bead.target_text for bead in alignment], ENGLISH)

    def test_a_document_is_read(self):
        Path("page.html").write_text("<h1>Title</h1><p>One &amp; two.</p>", encoding="utf-8")
        blocks = muqabala.read("page.html", arguments=["--whole-page"])
        self.assertEqual([(b.kind, b.text, b.level) for b in blocks], [("heading", "Title", 1), ("paragraph", "One & two.", None)])


class Results(Case):
    def test_it_writes_itself_in_any_format(self):
        alignment = muqabala.align_files("ar.txt", "en.txt")
        alignment.to_tmx(Path("own.tmx"))
        ran = subprocess.run([muqabala.find_program(), "align", "ar.txt", "en.txt", "-q", "-o", "other.tmx"], check=True)
        self.assertEqual(ran.returncode, 0)
        own, other = (Path(name).read_text(encoding="utf-8").splitlines() for name in ("own.tmx", "other.tmx"))
        without_dates = [[line for line in lines if "creationdate" not in line] for lines in (own, other)]
        self.assertEqual(*without_dates)
        alignment.save("a.xlsx")
        self.assertTrue(Path("a.xlsx").read_bytes().startswith(b"PK"))
        alignment.save("a.data", format="tsv", min_confidence=min(bead.confidence for bead in alignment))
        self.assertIn(ENGLISH[1], Path("a.data").read_text(encoding="utf-8"))
        with self.assertRaisesRegex(muqabala.AlignError, "nothing to write"):
            alignment.save("b.tsv", min_confidence=1.0)
        with self.assertRaisesRegex(muqabala.AlignError, "extension"):
            alignment.save("a.xyz")

    def test_a_project_is_of_what_was_aligned_and_of_nothing_else(self):
        program = muqabala.find_program()
        alignments = {
            "files.muq": muqabala.align_files("ar.txt", "en.txt"),
            "texts.muq": muqabala.align_texts("\n".join(ARABIC), "\n".join(ENGLISH)),
            "lists.muq": muqabala.align_texts(ARABIC, ENGLISH),
        }
        for name, alignment in alignments.items():
            alignment.save(name)
            ran = subprocess.run([program, "export", name, "-q", "--format", "jsonl"], stdout=subprocess.PIPE, check=True)
            self.assertEqual(ran.stdout.count(b'"type":"1-1"'), 2)
            with self.assertRaisesRegex(muqabala.AlignError, "there already"):
                alignment.save(name)
        Path("ar.txt").write_text(ARABIC[1], encoding="utf-8")
        with self.assertRaisesRegex(muqabala.AlignError, "changed"):
            alignments["files.muq"].save("new.muq")
        self.assertFalse(os.path.exists("new.muq"))
        with self.assertRaisesRegex(muqabala.AlignError, "again"):
            pickle.loads(pickle.dumps(alignments["files.muq"])).save("new.muq")
        with self.assertRaises(muqabala.AlignError):
            muqabala.align_texts(["a\nb"], ["a\nb"]).save("new.muq")

    def test_a_notebook_shows_it_in_both_directions(self):
        alignment = muqabala.align_texts(["<b>التقى</b> الوزيران."] * 60, ["The ministers met."] * 60, **LANGUAGES)
        shown = alignment._repr_html_()
        self.assertIn('<td dir="rtl" lang="ar"', shown)
        self.assertIn('<td dir="ltr" lang="en"', shown)
        self.assertIn("&lt;b&gt;", shown)
        self.assertNotIn("<b>", shown)
        self.assertEqual(shown.count("<tr>"), 51)
        self.assertIn("and 10 more", shown)
        self.assertIn("ar → en", repr(alignment))

    def test_a_table_of_pandas(self):
        alignment = muqabala.align_texts(ARABIC, ENGLISH, **LANGUAGES)
        try:
            table = alignment.to_pandas()
        except ImportError as error:
            self.assertIn("pip install pandas", str(error))
            return
        self.assertEqual(list(table["target_text"]), ENGLISH)
        self.assertEqual((table["confidence"].dtype.kind, table["crossing"].dtype.kind), ("f", "b"))
        self.assertEqual(len(muqabala.Alignment([]).to_pandas()), 0)

    def test_a_copy_is_equal(self):
        alignment = muqabala.align_texts(ARABIC, ENGLISH)
        copy = pickle.loads(pickle.dumps(alignment))
        self.assertEqual(copy, alignment)
        self.assertEqual(copy[1:], list(alignment)[1:])

    def test_the_program_is_the_installed_one(self):
        version = subprocess.run([muqabala.find_program(), "--version"], stdout=subprocess.PIPE, check=True)
        self.assertTrue(version.stdout.startswith(b"muqabala "))


if __name__ == "__main__":
    unittest.main()
