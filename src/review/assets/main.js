// The workbench: its parts are set to work, and the project is asked for.

import { watch } from "./api.js";
import * as bar from "./bar.js";
import * as keys from "./keys.js";
import * as look from "./look.js";
import * as partners from "./partners.js";
import * as pointer from "./pointer.js";
import * as queue from "./queue.js";
import { reload } from "./rows.js";
import { fail } from "./screen.js";
import { lastTheme } from "./settings.js";
import { speak } from "./words.js";

lastTheme();
look.last();
speak("en");
for (const part of [bar, keys, partners, pointer]) part.listen();
try {
  await reload();
  queue.start();
  await watch(queue.away, queue.back);
} catch (error) {
  fail(error);
}
