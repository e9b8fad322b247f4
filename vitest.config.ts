import { defineConfig } from 'vitest/config'

const common = { environment: 'node', pool: 'forks', testTimeout: 60_000, hookTimeout: 120_000 } as const

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...common,
          name: 'unit',
          include: ['src/**/*.test.ts', 'examples/**/*.test.ts', 'test/*.test.ts', 'web/src/**/*.test.ts'],
          exclude: ['**/*.slow.test.ts'],
        },
      },
      // What takes long (kill loops, real archives, many random cases) and whole-product runs: one at a time, because each wants the machine.
      {
        test: {
          ...common,
          name: 'system',
          include: ['src/**/*.slow.test.ts', 'test/river/**/*.test.ts'],
          testTimeout: 300_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          ...common,
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          testTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
