import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { InputError } from '../../base/errors.ts'
import { uuidv7 } from '../../base/ids.ts'
import type { Api } from '../api.ts'
import type { ServerOptions } from '../app.ts'
import type { Upload } from '../contract.ts'
import { operators } from '../sessions.ts'
import { count, cursor, limit, mapping, readPlan } from './shapes.ts'

/** Uploads wait in `home/uploads/<id>/<index>/<name>`, so that a wizard can go on after a reload; old ones go after a week. */
const uploadId = z.string().regex(/^[0-9a-f-]{36}$/)
const weekMs = 7 * 24 * 3600_000

/** Only the last part of the name, as a client may send a path; its end, as file systems take 255 bytes. */
function fileName(given: string | undefined): string {
  const last = (given ?? '').replace(/^.*[/\\]/s, '').replace(/[\0-\x1f\x7f]/g, '')
  if (!last || last === '.' || last === '..') return 'file'
  let name = [...last].slice(-200)
  while (Buffer.byteLength(name.join('')) > 200) name = name.slice(1)
  return name.join('')
}

export function intakeRoutes(app: Api, { platform, tasks }: ServerOptions): void {
  const tags = ['intake']
  const folder = join(platform.home, 'uploads')

  const fileOf = async (upload: string, index: number): Promise<{ path: string; name: string }> => {
    const dir = join(folder, upload, String(index))
    const name = await readdir(dir).then(
      (names) => names[0],
      () => undefined,
    )
    if (!name) throw new InputError('not_found', { what: 'upload', name: `${upload}/${index}` })
    return { path: join(dir, name), name }
  }

  const dropOld = async (): Promise<void> => {
    for (const id of await readdir(folder).catch(() => [])) {
      const at = join(folder, id)
      const { mtimeMs } = await stat(at)
      if (platform.clock() - mtimeMs > weekMs) await rm(at, { recursive: true, force: true })
    }
  }

  app.post(
    '/api/uploads',
    {
      config: { roles: operators },
      schema: { tags, summary: 'Upload files (multipart, field `file`)', consumes: ['multipart/form-data'] },
    },
    async (request): Promise<Upload> => {
      await dropOld()
      const id = uuidv7(platform.clock())
      const files: Upload['files'] = []
      for await (const part of request.files()) {
        const index = files.length
        const dir = join(folder, id, String(index))
        await mkdir(dir, { recursive: true, mode: 0o700 })
        const name = fileName(part.filename)
        const path = join(dir, name)
        await pipeline(part.file, createWriteStream(path, { mode: 0o600 }))
        if (part.file.truncated) {
          await rm(join(folder, id), { recursive: true, force: true })
          throw new InputError('upload_too_large', { name, limit: '4 GiB' })
        }
        files.push({ index, name, bytes: (await stat(path)).size })
      }
      if (!files.length) throw new InputError('bad_request', { problem: 'no file in the form / 表单中没有文件' })
      return { id, files }
    },
  )

  app.get(
    '/api/uploads/:id',
    {
      config: { roles: operators },
      schema: { tags, summary: 'Files of an upload', params: z.object({ id: uploadId }) },
    },
    async (request): Promise<Upload> => {
      const indexes = (await readdir(join(folder, request.params.id)).catch(() => [])).map(Number).sort((a, b) => a - b)
      if (!indexes.length) throw new InputError('not_found', { what: 'upload', name: request.params.id })
      const files = await Promise.all(
        indexes.map(async (index) => {
          const { path, name } = await fileOf(request.params.id, index)
          return { index, name, bytes: (await stat(path)).size }
        }),
      )
      return { id: request.params.id, files }
    },
  )

  app.post(
    '/api/imports/inspect',
    {
      config: { roles: operators },
      schema: {
        tags,
        summary: 'Encoding, dialect, types and a suggested mapping of an uploaded file',
        body: z.strictObject({ upload: uploadId, file: count, choice: z.looseObject({}).optional() }),
      },
    },
    async (request) => {
      const { path, name } = await fileOf(request.body.upload, request.body.file)
      return platform.intake.inspect({ path, name, choice: request.body.choice })
    },
  )

  app.post(
    '/api/imports/validate',
    {
      config: { roles: operators },
      schema: {
        tags,
        summary: 'Map and check the first rows; nothing is stored',
        body: z.strictObject({
          upload: uploadId,
          file: count,
          plan: readPlan,
          mapping,
          rows: z.number().int().min(1).max(1000).default(100),
        }),
      },
    },
    async (request) => {
      const { path } = await fileOf(request.body.upload, request.body.file)
      return platform.intake.validate({
        path,
        plan: request.body.plan as never,
        mapping: request.body.mapping as never,
        rows: request.body.rows,
      })
    },
  )

  app.post(
    '/api/imports',
    {
      config: { roles: operators },
      schema: {
        tags,
        summary: 'Import uploaded files and run the river on',
        body: z.strictObject({
          upload: uploadId,
          source: z.string().min(1).max(100),
          files: z.array(z.strictObject({ file: count, plan: readPlan, mapping })).min(1),
        }),
      },
    },
    async (request) => {
      const { source, upload } = request.body
      const files = await Promise.all(
        request.body.files.map(async (f) => ({
          ...(await fileOf(upload, f.file)),
          plan: f.plan as never,
          mapping: f.mapping as never,
        })),
      )
      return tasks.start({ zh: `导入 ${source}`, en: `Import ${source}` }, async (work) => {
        const batches = await platform.importFiles(source, files, request.actor.id, work)
        await rm(join(folder, upload), { recursive: true, force: true })
        return batches
      })
    },
  )

  app.get(
    '/api/batches',
    {
      schema: {
        tags,
        summary: 'Imports, newest first',
        querystring: z.object({ source: z.string().optional(), cursor, limit }),
      },
    },
    (request) => platform.intake.batches(request.query),
  )

  app.post(
    '/api/batches/:batch/undo',
    {
      config: { roles: operators },
      schema: { tags, summary: 'Undo an import whole', params: z.object({ batch: count }) },
    },
    async (request) =>
      tasks.start({ zh: `撤销导入 ${request.params.batch}`, en: `Undo import ${request.params.batch}` }, (work) =>
        platform.undoImport(request.params.batch, request.actor.id, work),
      ),
  )

  app.get(
    '/api/lineage/:dataset/:batch/:row',
    {
      schema: {
        tags,
        summary: 'From a stored row to its source row',
        params: z.object({ dataset: z.string(), batch: count, row: count }),
      },
    },
    (request) =>
      platform.intake.rowLineage(
        request.params.dataset as never,
        request.params.batch,
        request.params.row,
        request.actor,
      ),
  )
}
