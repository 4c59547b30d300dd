// The workbench: its parts are set to work, and the project is asked for.

import { watch } from "./api.js";
import * as bar from "./bar.js";
import * as borders from "./borders.js";
import * as column from "./column.js";
import * as doubts from "./doubts.js";
import { resume } from "./edits.js";
import * as empty from "./empty.js";
import * as keys from "./keys.js";
import * as place from "./place.js";
import * as look from "./look.js";
import * as partners from "./partners.js";
import * as pointer from "./pointer.js";
import * as queue from "./queue.js";
import { reload } from "./rows.js";
import { fail } from "./screen.js";
import { lastTheme } from "./settings.js";
import { on } from "./signals.js";
import * as strip from "./strip.js";
import { speak } from "./words.js";

lastTheme();
look.last();
speak("en");
for (const part of [bar, borders, strip, doubts, empty, keys, partners, place, pointer]) part.listen();
column.listen(strip.options);
on("escape", column.giveUp);
on("escape", doubts.close);
try {
  const draft = await reload();
  queue.start();
  if (draft) resume(draft);
  await watch(queue.away, queue.back);
} catch (error) {
  fail(error);
}
