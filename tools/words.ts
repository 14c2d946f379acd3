import { writeFileSync } from 'node:fs'
import { englishModule } from './train/english.ts'

// Writes the filter of English words anew: `node tools/words.ts`. The weights are to be trained anew behind it.
writeFileSync(new URL('../src/detect/names/lists/english.ts', import.meta.url), englishModule())
