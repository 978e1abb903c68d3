import { describe, expect, it } from 'vitest'
import { stateFolderFrom } from '@/lib/plan/journal/state-folder'

describe('where the console keeps what outlives it', () => {
  it.each<[Readonly<Record<string, string>>, string]>([
    [{}, '/home/user/.local/state/switchboard/console'],
    [{ XDG_STATE_HOME: '/state' }, '/state/switchboard/console'],
    [{ XDG_STATE_HOME: 'state' }, '/home/user/.local/state/switchboard/console'],
    [{ XDG_STATE_HOME: '' }, '/home/user/.local/state/switchboard/console'],
    [{ SWITCHBOARD_STATE_DIR: '/mine' }, '/mine/console'],
    [{ SWITCHBOARD_STATE_DIR: '/mine/', XDG_STATE_HOME: '/state' }, '/mine/console'],
    [{ SWITCHBOARD_STATE_DIR: '' }, '/home/user/.local/state/switchboard/console'],
  ])('%j: %s', (env, folder) => {
    expect(stateFolderFrom(env, '/home/user')).toBe(folder)
  })

  it('is never relative, so that it does not depend on where the console is started', () => {
    expect(stateFolderFrom({ SWITCHBOARD_STATE_DIR: 'here' }, '/home/user')).toMatch(/^\/.*\/here\/console$/)
  })
})
