import { expect, it } from 'vitest'
import { exitCodeOf } from '@/lib/emulator/runtime/exit-code'

it.each([
  [0, null, 0],
  [3, null, 3],
  [null, 'SIGKILL' as const, 137],
  [null, 'SIGTERM' as const, 143],
  [null, 'SIGSEGV' as const, 139],
  [null, null, 255],
])('code %s and signal %s are exit code %i', (code, signal, exitCode) => {
  expect(exitCodeOf(code, signal)).toBe(exitCode)
})
