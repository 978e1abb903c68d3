'use client'

import { useQuery } from '@tanstack/react-query'
import type { Rendered } from '@/lib/plan/render/rendered'
import { CodeTabs } from '../plan/code-tabs'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { Notice } from '../ui/notice'
import { Skeleton } from '../ui/skeleton'
import { askConsole } from '../wizard/ask-console'

type Exported = { readonly formats: readonly Rendered[] }

const isExported = (value: unknown): value is Exported =>
  typeof value === 'object' && value !== null && 'formats' in value && Array.isArray(value.formats)

async function readExport(namespaceId: string, signal: AbortSignal): Promise<Exported> {
  const answer = await askConsole(`/api/export?namespace=${encodeURIComponent(namespaceId)}`, { signal })
  if (!isExported(answer)) throw new Error('The console answered something that is no export.')
  return answer
}

type ExportDialogProps = { namespaceId: string; name: string; onClose: () => void }

/** What is in a namespace now, as code that would make it again. */
export function ExportDialog({ namespaceId, name, onClose }: ExportDialogProps) {
  const { data, error, refetch } = useQuery({
    queryKey: ['export', namespaceId],
    queryFn: ({ signal }) => readExport(namespaceId, signal),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  })
  return (
    <Dialog title={`Export ${name}`} isOpen hangs onClose={onClose} className="max-w-3xl">
      <div className="flex flex-col gap-3">
        <p>
          The namespace, its discovery services and the ECS services that register there, as they are now. Run
          it elsewhere to make the same again.
        </p>
        {error ? (
          <Notice
            tone="bad"
            role="alert"
            title="It could not be exported"
            actions={<Button onPress={() => refetch()}>Try again</Button>}
          >
            <span className="wrap-anywhere">{error.message}</span>
          </Notice>
        ) : data ? (
          <CodeTabs
            formats={data.formats}
            className="h-[min(460px,58vh)] overflow-hidden rounded-card border border-line"
          />
        ) : (
          <div role="status" aria-label="Exporting">
            <Skeleton className="h-[min(460px,58vh)] w-full" />
          </div>
        )}
      </div>
    </Dialog>
  )
}
