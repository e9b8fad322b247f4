// `npm start`: install, build, then the server; everything after `--` goes to `tributary start`.
import { join } from 'node:path'
import { prepare, root, sh } from './prepare.mjs'

prepare()
process.exit(sh(process.execPath, [join(root, 'bin/tributary.mjs'), 'start', '--demo-if-empty', ...process.argv.slice(2)]))
