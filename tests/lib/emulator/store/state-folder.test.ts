import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { chooseStateFolder, makeStateFolder, readOwner, writeOwner } from '@/lib/emulator/store/state-folder'

const root = mkdtempSync(join(tmpdir(), 'switchboard-folder-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

describe('the state folder', () => {
  it.each([
    ['below the home folder', {}, '/home/a/.local/state/switchboard/cloud-4680'],
    ['where XDG says', { XDG_STATE_HOME: '/state' }, '/state/switchboard/cloud-4680'],
    ['not where a relative XDG says', { XDG_STATE_HOME: 'x' }, '/home/a/.local/state/switchboard/cloud-4680'],
    [
      'where Switchboard is told',
      { SWITCHBOARD_STATE_DIR: '/sb', XDG_STATE_HOME: '/state' },
      '/sb/cloud-4680',
    ],
    [
      'below the home folder when told nothing',
      { SWITCHBOARD_STATE_DIR: '', XDG_STATE_HOME: '' },
      '/home/a/.local/state/switchboard/cloud-4680',
    ],
  ])('is %s', (_, environment, folder) => {
    expect(chooseStateFolder({ port: 4680 }, environment, '/home/a')).toBe(folder)
  })

  it('is the one that was named, whatever the port', () => {
    expect(chooseStateFolder({ port: 0, stateDir: '/x/y' }, {}, '/home/a')).toBe('/x/y')
    expect(chooseStateFolder({ port: 1, stateDir: 'y' }, {}, '/home/a')).toBe(join(process.cwd(), 'y'))
  })

  it('is another for each port, and none for any free port or when nothing is to be kept', () => {
    expect(chooseStateFolder({ port: 4681 }, {}, '/h')).not.toBe(chooseStateFolder({ port: 4680 }, {}, '/h'))
    expect(chooseStateFolder({ port: 0 }, { SWITCHBOARD_STATE_DIR: '/sb' }, '/h')).toBeNull()
    expect(chooseStateFolder({ port: 4680, ephemeral: true }, {}, '/h')).toBeNull()
  })

  it('is made for its owner alone', () => {
    const folder = join(root, 'a', 'b')
    makeStateFolder(folder)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(() => makeStateFolder(folder)).not.toThrow()
    expect(() => makeStateFolder(join(root, 'file', 'b'))).not.toThrow()
    writeFileSync(join(root, 'taken'), '')
    expect(() => makeStateFolder(join(root, 'taken'))).toThrow(/EEXIST/)
  })

  it('says who holds it', () => {
    expect(readOwner(root)).toBeUndefined()
    writeOwner(root, 'pid 12')
    expect(readOwner(root)).toBe('pid 12')
    expect(statSync(join(root, 'owner')).mode & 0o777).toBe(0o600)
  })
})
