'use client'

import { useQuery } from '@tanstack/react-query'
import type { Topology } from '@/lib/topology/model'
import { readChoices } from '../plan/read-choices'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { Notice } from '../ui/notice'
import { Skeleton } from '../ui/skeleton'
import type { ConnectAsk } from './connect-ask'
import { MigrateDialog } from './migrate-dialog'
import { readDraft } from './read-draft'
import { SettingsDialog } from './settings-dialog'

type ConnectDialogProps = ConnectAsk & { topology: Topology; onClose: () => void }

/** Reads what the form starts from, then shows it. What was opened is what is edited, whatever is deployed meanwhile. */
export function ConnectDialog({ topology, onClose, way, name, clusterArn, serviceArn }: ConnectDialogProps) {
  const read = useQuery({
    queryKey: ['connect', clusterArn, serviceArn],
    queryFn: async ({ signal }) => {
      const [drafted, choices] = await Promise.all([
        readDraft({ clusterArn, serviceArn }, signal),
        readChoices(signal),
      ])
      return { drafted, choices }
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  })
  const again = <Button onPress={() => read.refetch()}>Read again</Button>
  if (read.data?.drafted.ok) {
    const { drafted, choices } = read.data
    const Form = way === 'migrate' ? MigrateDialog : SettingsDialog
    return <Form draft={drafted.draft} choices={choices} topology={topology} way={way} onClose={onClose} />
  }
  return (
    <Dialog title={`Service Connect of ${name}`} isOpen onClose={onClose} className="max-w-2xl">
      {read.isPending ? (
        <div role="status" aria-label={`Reading ${name}`} className="flex flex-col gap-3 pt-2">
          <Skeleton className="h-24 w-full" />
          <Skeleton className="h-9 w-2/3" />
          <Skeleton className="h-9 w-full" />
        </div>
      ) : read.error ? (
        <Notice tone="bad" role="alert" title="The service could not be read" actions={again}>
          <span className="wrap-anywhere">{read.error.message}</span>
        </Notice>
      ) : (
        read.data &&
        !read.data.drafted.ok && (
          <Notice tone="warn" role="alert" title={read.data.drafted.message} actions={again}>
            <span className="wrap-anywhere">{read.data.drafted.remedy}</span>
            <span className="font-mono text-2xs">{read.data.drafted.code}</span>
          </Notice>
        )
      )}
    </Dialog>
  )
}
