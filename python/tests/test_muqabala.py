"""Tests of the module, on the program that is installed with it: python -m unittest discover python/tests"""

import doctest
import subprocess
import unittest

import muqabala

ARABIC = ["التقى الوزيران في بغداد.", "ناقش الوفدان ستة ملفات."]
ENGLISH = ["The ministers met in Baghdad.", "The delegations discussed six files."]


class Module(unittest.TestCase):
    def test_the_example_of_the_module(self):
        self.assertEqual(doctest.testmod(muqabala), (0, 2))

    def test_lists_of_segments_keep_their_indices(self):
        beads = muqabala.align(ARABIC, tuple(ENGLISH), source_lang="ar", target_lang="en")
        self.assertEqual([(b.source, b.target, b.type) for b in beads], [([0], [0], "1-1"), ([1], [1], "1-1")])
        self.assertEqual(beads[0].source_text, ARABIC[0])
        self.assertGreater(beads[0].confidence, 0.5)

    def test_evidence_can_be_had(self):
        beads = muqabala.align(ARABIC, ENGLISH, source_lang="ar", target_lang="en", detail="evidence")
        self.assertIn("evidence", beads[0].details)

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
        answers = list(muqabala.align_many([{"id": 1, "source": "x"}, good]))
        self.assertIn("target", answers[0].error)
        self.assertEqual(answers[0].id, 1)
        self.assertEqual(len(answers[1].beads), 2)
        with self.assertRaises(muqabala.AlignError):
            muqabala.align("", "x", options={"no": "such option"})

    def test_what_the_program_says_is_said(self):
        with self.assertRaisesRegex(muqabala.AlignError, "no such file"):
            list(muqabala.align_many([], arguments=["--lexicon", "none.tsv"]))

    def test_what_the_records_raise_is_raised(self):
        def records():
            yield {"source": ARABIC, "target": ENGLISH}
            raise KeyError("mine")

        with self.assertRaises(KeyError):
            list(muqabala.align_many(records()))

    def test_the_program_is_the_installed_one(self):
        version = subprocess.run([muqabala.find_program(), "--version"], capture_output=True, text=True, check=True)
        self.assertTrue(version.stdout.startswith("muqabala "))


if __name__ == "__main__":
    unittest.main()
