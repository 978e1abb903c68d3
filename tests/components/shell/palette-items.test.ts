import { describe, expect, it } from 'vitest'
import { buildPaletteItems, searchPalette } from '@/components/shell/palette-items'
import { awsTarget, makeCrowdedTopology, makeRichTopology } from '../../support/topology-fixtures'

const topology = makeRichTopology()
const backend = 'service/default/backend-api-service'
const items = buildPaletteItems(topology, backend, true)
const texts = (query: string, from = items) =>
  searchPalette(from, query).map((group) => [group.section, group.items.map((item) => item.text)] as const)

describe('buildPaletteItems', () => {
  it('has no two items of one id', () =>
    expect(new Set(items.map((item) => item.id)).size).toBe(items.length))
  it('offers to call and scale what is selected', () =>
    expect(items.slice(0, 2).map((item) => item.text)).toEqual(['Call backend-api', 'Scale backend-api']))
  it('offers no change to a viewer', () => {
    const viewer = buildPaletteItems({ ...topology, target: awsTarget }, backend, true)
    expect(viewer.some((item) => item.text.startsWith('Scale'))).toBe(false)
  })
  it('offers a call without a selection', () =>
    expect(buildPaletteItems(topology, null, true)[0]?.text).toBe('Call a service'))
  it('offers what needs no map before there is one', () => {
    const early = buildPaletteItems(undefined, null, true)
    expect(early.every((item) => item.section === 'Actions')).toBe(true)
    expect(early.map((item) => item.text)).toContain('Keyboard shortcuts')
  })
  it('leads to a service, and to an instance inside of it', () => {
    expect(items.find((item) => item.id === backend)?.commands).toEqual([{ kind: 'go', id: backend }])
    const instance = items.find((item) => item.section === 'Instances' && item.hint.startsWith('backend-api'))
    expect(instance?.commands).toEqual([{ kind: 'go', id: backend, instance: instance?.id.split(' ')[1] }])
  })
})

describe('searchPalette', () => {
  it('shows actions first and no instances before one types', () => {
    const sections = searchPalette(items, '').map((group) => group.section)
    expect(sections[0]).toBe('Actions')
    expect(sections).not.toContain('Instances')
  })
  it('shows things first once one types', () =>
    expect(texts('backend')[0]).toEqual(['Services', ['backend-api']]))
  it('finds an instance by its address and by its task id', () => {
    const instance = topology.services.find((service) => service.id === backend)?.instances[0]
    for (const query of [instance?.address ?? '', instance?.taskId ?? '']) {
      expect(
        texts(query).some(
          ([section, found]) => section === 'Instances' && found.includes(instance?.address ?? ''),
        ),
      ).toBe(true)
    }
  })
  it('wants every word', () => expect(texts('backend zzz')).toEqual([]))
  it('does not care for case', () => expect(texts('BACKEND')[0]?.[1]).toEqual(['backend-api']))
  it('puts names that start with the word before names that hold it', () => {
    const found = searchPalette(buildPaletteItems(makeCrowdedTopology(60), null, true), 'svc-00')
    expect(found[0]?.items[0]?.text.startsWith('svc-00')).toBe(true)
  })
  it('shows at most eight of a kind', () => {
    const found = searchPalette(buildPaletteItems(makeCrowdedTopology(200), null, true), 'svc')
    expect(found.find((group) => group.section === 'Services')?.items).toHaveLength(8)
  })
  it('puts an action that is called so before a thing that only mentions it', () => {
    const found = texts('scale')
    expect(found[0]).toEqual(['Actions', ['Scale backend-api']])
    expect(found.some(([, names]) => names.includes('nightly-batch'))).toBe(true)
  })
  it('finds an action by its hint', () =>
    expect(texts('desired count')).toEqual([['Actions', ['Scale backend-api']]]))
})
