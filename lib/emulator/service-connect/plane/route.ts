import type { Socket } from 'node:net'
import type { AccessWriter } from './access/access-writer'
import type { Cluster } from './cluster'
import type { Counter } from './counter'
import type { PlaneSettings } from './settings'
import type { Host } from './sides'
import type { Limits } from './timeouts'

export type RoutedHost = Host & {
  /** A connection of its own, on its way to be connected; `secure`: ready at `secureConnect`. */
  dial(): { readonly socket: Socket; readonly secure: boolean }
  /** Takes no new request: idle connections are closed, what is under way finishes. */
  retire(): void
  kill(): void
}

/** Where one listener's traffic goes, and under which rules. */
export type Route = {
  readonly side: 'inbound' | 'outbound'
  readonly cluster: Cluster<RoutedHost>
  readonly limits: Limits
  readonly counter: Counter
  readonly settings: PlaneSettings
  /** Tries after the first. The side where a request enters a task tries its one application once. */
  readonly retries: number
  /** Null: nobody wants access logs. */
  readonly access: AccessWriter | null
  readonly newId: () => string
  readonly random: () => number
}
