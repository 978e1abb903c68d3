import type { InstanceRecord } from '../state/cloud-map'

/** How the records of one Map of the state become rows. Whatever is not named here is carried along inside its row. */
export type Layout = {
  /** Members that are Maps whose entries are rows of their own. */
  readonly collections?: Readonly<Record<string, Layout>>
  /** Members that are Maps, built from other rows after a restart. */
  readonly derived?: readonly string[]
  /** Members that are exchanged but never changed inside, so that they are encoded once. */
  readonly frozen?: readonly string[]
  /** The value of an entry is a list that only grows, with a row for each element. */
  readonly isList?: boolean
  /** Makes plain data of a record that is none. */
  readonly toData?: (record: never) => unknown
}

const services: Layout = { derived: ['tasks'], frozen: ['settings'] }

const instances: Layout = {
  // The function that cancels a waiting status means nothing to another process; the status waits again there.
  toData: ({ pendingHealth, ...record }: InstanceRecord) =>
    pendingHealth ? { ...record, pendingHealth: { status: pendingHealth.status } } : record,
}

/** The Maps of a region that need more than one row for each entry; all others do not appear here. */
export const layouts: { readonly [section in 'ecs' | 'cloudMap']: Readonly<Record<string, Layout>> } = {
  ecs: {
    clusters: { collections: { services }, derived: ['tasks', 'live'] },
    taskDefinitions: { isList: true, frozen: ['input'] },
    tasks: { frozen: ['run'] },
  },
  cloudMap: { services: { collections: { instances } } },
}

/** Members of a section that are not stored: what the scheduler has yet to look at is found again after a restart. */
export const unstored: ReadonlySet<string> = new Set(['woken'])
