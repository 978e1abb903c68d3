import { describe, expect, it } from 'vitest'
import { commandSection, explainNothing, withCommands } from '@/components/shell/palette-commands'
import { buildPaletteItems, searchPalette } from '@/components/shell/palette-items'
import { awsTarget, makeSmallTopology } from '../../support/topology-fixtures'

const topology = makeSmallTopology()
const first = (text: string) => commandSection(topology, text)?.items[0]

describe('a typed command', () => {
  it('scales a service to the number that was typed', () => {
    const item = first('scale backend-api to 5')
    expect(item?.text).toBe('Scale backend-api to 5')
    expect(item?.commands).toMatchObject([
      { kind: 'change', change: { kind: 'scale', input: { desiredCount: 5 }, verb: 'Scale service' } },
    ])
  })

  it('goes on in the field while something is missing', () => {
    expect(first('scale backend-api')).toMatchObject({ commands: [], fill: 'scale backend-api to ' })
  })

  it('opens the page of a wizard', () => {
    expect(first('create namespace')?.commands).toEqual([{ kind: 'visit', href: '/create/namespace' }])
  })

  it('calls, edits a revision, and runs one task', () => {
    const id = topology.services.find(({ name }) => name === 'backend-api')?.id
    expect(first('call backend-api')?.commands).toEqual([{ kind: 'call', id }])
    expect(first('new revision backend-api')?.commands).toEqual([{ kind: 'new-revision', id }])
    expect(first('run backend-api')?.commands).toMatchObject([
      {
        kind: 'change',
        change: { kind: 'run-service-task', title: 'Run a task of backend-api', verb: 'Run task' },
      },
    ])
  })

  it('says what it wants when nothing fits', () => {
    expect(explainNothing(topology, 'run nobody')).toContain('“run” wants a service')
    expect(explainNothing(undefined, 'run nobody')).toBe(null)
  })

  it('asks before it deletes, with what can be chosen', () => {
    const [command] = first('delete backend-api')?.commands ?? []
    expect(command).toMatchObject({
      kind: 'change',
      change: { kind: 'delete-service', options: [{ field: 'withDiscoveryService' }] },
    })
  })

  it('is not offered where nothing may be changed, or before there is a map', () => {
    expect(commandSection({ ...topology, target: awsTarget }, 'scale backend-api to 5')).toBe(null)
    expect(commandSection(undefined, 'scale backend-api to 5')).toBe(null)
  })

  it('is nothing when it is none', () => {
    expect(commandSection(topology, 'backend')).toBe(null)
  })
})

describe('the place of commands among what is found', () => {
  const items = buildPaletteItems(topology, null, true)
  const find = (text: string) =>
    withCommands(searchPalette(items, text), commandSection(topology, text), text).map(
      ({ section }) => section,
    )

  it('is first once a sentence is begun', () => {
    expect(find('scale backend-api to 5')[0]).toBe('Commands')
  })

  it('is last while it may be the name of a thing', () => {
    expect(find('create').at(-1)).toBe('Commands')
    expect(find('create')[0]).toBe('Actions')
  })

  it('changes nothing where there is none', () => {
    expect(find('backend')[0]).toBe('Services')
  })
})
