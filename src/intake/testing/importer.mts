// A child process that imports a folder and is killed on the way: see kill.test.ts.
import { openBench } from './ground.ts'
import type { Mapping } from '../contract.ts'

const [home, mapping] = [process.argv[2]!, JSON.parse(process.argv[3]!) as Mapping]
const bench = await openBench({ home })
await bench.intake.putSource('s', { connector: 'file', config: { path: `${home}/files` }, mapping }, { actor: 'test' })
process.stdout.write('ready\n')
await bench.intake.take('s')
process.stdout.write('done\n')
await bench.close(true)
