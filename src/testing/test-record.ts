import { jsonRecord, type NewRecord, type Topic } from '../journal/index.ts'

/** A record for tests: kind `test`, the given JSON body. */
export function testRecord(body: unknown, topic: Topic = 'events'): NewRecord {
  return jsonRecord({ topic, kind: 'test', format: 1, time: 1_700_000_000_000, workspace: 'test' }, body)
}
