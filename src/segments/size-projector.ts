import { bodyOf, type NewRecord } from '../journal/index.ts'
import { sql, type Projector } from '../warehouse/index.ts'

/** Journal → `segment_size`: the last count of a segment on an as-of day stands. */
export const sizeProjector: Projector = {
  owner: 'segments',
  kinds: ['segments.sized'],
  apply: async (records, writer) => {
    for (const record of records) {
      const { asOf, sizes } = bodyOf<{ asOf: string; sizes: Record<string, number> }>(record as unknown as NewRecord)
      for (const [segment, size] of Object.entries(sizes)) {
        await writer.run(sql`delete from segment_size where segment = ${segment} and as_of = cast(${asOf} as date)`)
        await writer.run(
          sql`insert into segment_size (segment, as_of, size) values (${segment}, cast(${asOf} as date), ${size})`,
        )
      }
    }
  },
}
