import type { Page } from '@playwright/test'

export type Scene = {
  /** File name without its theme and ending. */
  readonly name: string
  readonly isKept: boolean
  readonly open: (page: Page, consoleUrl: string) => Promise<void>
}

/** One that the documents show. */
export const kept = (name: string, open: Scene['open']): Scene => ({ name, isKept: true, open })
/** One that is only looked at while building. */
export const looked = (name: string, open: Scene['open']): Scene => ({ name, isKept: false, open })
