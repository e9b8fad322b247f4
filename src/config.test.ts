import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { ConfigError } from './base/errors.ts'
import { expandPath, loadConfig } from './config.ts'

const dir = mkdtempSync(join(tmpdir(), 'tributary-config-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

function load(yaml: string) {
  const file = join(dir, 'tributary.yaml')
  writeFileSync(file, yaml)
  return loadConfig(file)
}

function problem(yaml: string): ConfigError {
  try {
    load(yaml)
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError)
    return error as ConfigError
  }
  throw new Error('it was accepted')
}

describe('the configuration file', () => {
  it('fills in defaults', () => {
    expect(load('sources: {}')).toMatchObject({
      zone: 'Asia/Shanghai',
      server: { host: '127.0.0.1', port: 8090 },
      insight: { windowDays: 365 },
    })
    expect(load('')).toMatchObject({ workspace: 'main' })
  })

  it('names the line and the known keys when a key is unknown', () => {
    const error = problem('zone: Asia/Shanghai\nsources:\n  orders:\n    path: ./x.csv\n    as: order\n    mapp: {}\n')
    expect(error.params).toMatchObject({ line: 6 })
    expect(error.in('en')).toContain('sources.orders.mapp')
    expect(error.in('en')).toContain('map')
    expect(error.in('zh')).toContain('第 6 行')
  })

  it('names the line of a value of the wrong type', () => {
    expect(problem('server:\n  port: eighty\n').params).toMatchObject({ line: 2 })
  })

  it('names the line of broken YAML', () => {
    expect(problem('zone: [1, 2\nx: 3\n').params.line).toBeGreaterThan(0)
  })

  it('fills variables in paths and names the one that is not set', () => {
    expect(expandPath('${data}/x.csv', { data: '/d' }, 'f')).toBe('/d/x.csv')
    expect(() => expandPath('${data}/x.csv', {}, 'f')).toThrow(/data/)
  })
})
