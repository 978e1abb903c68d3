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

describe('exporting a namespace from the palette', () => {
  const named = (names: readonly string[]) =>
    topology.namespaces
      .slice(0, 1)
      .flatMap((like) =>
        names.map((name, at) => ({ ...like, id: `namespace/${at}`, namespaceId: `ns-${at}`, name })),
      )
  const itemsOf = (names: readonly string[], selected: string | null = null) =>
    buildPaletteItems({ ...topology, services: [], edges: [], namespaces: named(names) }, selected, true)
  const actions = (names: readonly string[], query: string, selected: string | null = null) =>
    texts(query, itemsOf(names, selected))
      .filter(([section]) => section === 'Actions')
      .flatMap(([, found]) => found)
      .filter((text) => text.startsWith('Export'))

  it('is one line while nobody said which, and all of them once one types', () => {
    expect(actions(['a.local', 'b.local'], '')).toEqual(['Export namespace…'])
    expect(actions(['a.local', 'b.local'], 'Export namespace ')).toEqual([
      'Export namespace a.local…',
      'Export namespace b.local…',
    ])
    expect(actions(['a.local', 'b.local'], 'export b.')).toEqual(['Export namespace b.local…'])
  })
  it('goes on in the field, where it asks which', () =>
    expect(itemsOf(['a.local', 'b.local']).find(({ text }) => text === 'Export namespace…')).toMatchObject({
      commands: [],
      fill: 'Export namespace ',
    }))
  it('means the one that is there, or the one that is selected', () => {
    expect(actions(['a.local'], '')).toEqual(['Export namespace a.local…'])
    expect(actions(['a.local', 'b.local'], '', 'namespace/1')).toEqual(['Export namespace b.local…'])
    expect(actions([], '')).toEqual([])
  })
  it('opens the export of this namespace, for a viewer too', () => {
    const viewer = buildPaletteItems(
      { ...topology, target: awsTarget, namespaces: named(['a.local']) },
      null,
      true,
    )
    expect(viewer.find(({ glyph }) => glyph === 'export')?.commands).toEqual([
      { kind: 'export', namespaceId: 'ns-0', name: 'a.local' },
    ])
  })
})
