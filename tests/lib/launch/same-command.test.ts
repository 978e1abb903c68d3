import { describe, expect, it } from 'vitest'
import { startCommandWith } from '@/lib/launch/same-command.mjs'

describe('npm start as it was called, with another option', () => {
  it.each([
    [[], 'npm start -- --emulator-port 4681'],
    [['--port', '3005'], 'npm start -- --port 3005 --emulator-port 4681'],
    [
      ['--emulator-port', '4680', '--port', '3005', '--strict'],
      'npm start -- --emulator-port 4681 --port 3005 --strict',
    ],
    [['--emulator-port=4680', '--strict'], 'npm start -- --emulator-port 4681 --strict'],
    [['--emulator-port', '1', '--strict', '--emulator-port=2'], 'npm start -- --emulator-port 4681 --strict'],
    [['--state-dir', 'my plans'], "npm start -- --state-dir 'my plans' --emulator-port 4681"],
    [['--state-dir', "it's"], "npm start -- --state-dir 'it'\\''s' --emulator-port 4681"],
    [['--state-dir', '$(id)'], "npm start -- --state-dir '$(id)' --emulator-port 4681"],
  ])('%j keeps everything else', (args, command) => {
    expect(startCommandWith(args, { '--emulator-port': '4681' })).toBe(command)
  })

  it('exchanges several at once', () => {
    expect(startCommandWith(['--port', '3000'], { '--port': '3001', '--emulator-port': '4681' })).toBe(
      'npm start -- --port 3001 --emulator-port 4681',
    )
  })
})
