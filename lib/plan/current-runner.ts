import 'server-only'
import { randomUUID } from 'node:crypto'
import { currentFeed } from '@/lib/feed/feed'
import { currentTarget } from '@/lib/target/current'
import { processWide } from '@/lib/target/process-wide'
import { ownerOf } from './journal/owner'
import { openJournal } from './journal/sqlite'
import { stateFolderFrom } from './journal/state-folder'
import { type Runner, startRunner } from './runner'

/** Local endpoints answer at once; AWS is asked as its guides say: each second, then each five. */
const localPace = { firstMs: 60, longestMs: 500 }
const awsPace = { firstMs: 1_000, longestMs: 5_000 }

/** The one runner of this process. */
export function currentRunner(): Runner {
  return processWide('runner', () => {
    const isAws = currentTarget().settings.kind === 'aws'
    return startRunner({
      openJournal: () => openJournal(stateFolderFrom(process.env), ownerOf(process.pid)),
      target: currentTarget,
      // Who asked for the change does not wait for the map.
      lookAfterChange: () => void currentFeed().lookAfterChange(),
      time: {
        now: Date.now,
        sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      },
      pace: isAws ? awsPace : localPace,
      lookUpMs: isAws ? 120_000 : 20_000,
      makeId: randomUUID,
    })
  })
}
