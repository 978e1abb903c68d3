import type { ZodType } from 'zod'
import { type KeptDraft, readDraft, writeDraft } from './draft'

/** The browser's two drawers: `session` ends with the tab, `local` does not. */
export type DraftStorage = {
  readonly session: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
  readonly local: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
}

export type DraftStore<Values> = {
  readonly load: () => KeptDraft<Values> | null
  readonly save: (draft: KeptDraft<Values>) => void
  readonly clear: () => void
  /** false after a save that failed: this browser keeps nothing (storage full, or switched off). */
  readonly works: () => boolean
  readonly subscribe: (listener: () => void) => () => void
}

/**
 * Keeps a draft twice: whole for this tab, and without secrets and intent for a later one. Values of environment variables never outlive
 * the tab.
 */
export function makeDraftStore<Values>(options: {
  readonly key: string
  readonly shape: ZodType<Values>
  readonly withoutSecrets: (values: Values) => Values
  readonly storage: DraftStorage
}): DraftStore<Values> {
  const { key, shape, withoutSecrets, storage } = options
  const listeners = new Set<() => void>()
  let isWorking = true
  const tell = (works: boolean) => {
    if (works === isWorking) return
    isWorking = works
    for (const listener of listeners) listener()
  }
  return {
    load: () => {
      try {
        return readDraft(storage.session.getItem(key), shape) ?? readDraft(storage.local.getItem(key), shape)
      } catch {
        // Reading storage throws where the browser forbids it; then there is no draft.
        return null
      }
    },
    save: (draft) => {
      try {
        storage.session.setItem(key, writeDraft(draft))
        const later = { ...draft, values: withoutSecrets(draft.values), intentId: null }
        storage.local.setItem(key, writeDraft(later))
        tell(true)
      } catch {
        tell(false)
      }
    },
    works: () => isWorking,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    clear: () => {
      try {
        storage.session.removeItem(key)
        storage.local.removeItem(key)
      } catch {
        // What could not be written need not be removed.
      }
    },
  }
}
