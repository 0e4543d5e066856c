import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'flows/**/*.test.ts'],
    globalSetup: ['test/global-setup.ts'],
    // An embedded database takes some hundred MB, and a test machine may have no more than two cores.
    pool: 'forks',
    maxWorkers: 2,
    isolate: false,
    testTimeout: 20_000,
    hookTimeout: 30_000,
    restoreMocks: true,
    unstubEnvs: true,
  },
});
