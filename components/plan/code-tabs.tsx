'use client'

import { Check, Copy as CopyGlyph, Download, History, Info } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { Format, Rendered } from '@/lib/plan/render/rendered'
import { cn } from '../ui/class-names'
import { CodeText } from '../ui/code/code-text'
import type { Language } from '../ui/code/highlight'
import { IconButton } from '../ui/icon-button'
import { Tab, TabList, TabPanel, Tabs } from '../ui/tabs'
import { useCopy } from '../ui/use-copy'
import { download } from './download'

export const formatNames: Readonly<Record<Format, string>> = {
  cli: 'AWS CLI',
  cloudformation: 'CloudFormation',
  cdk: 'CDK',
  terraform: 'Terraform',
  json: 'JSON',
}

const languages: Readonly<Record<Format, Language>> = {
  cli: 'bash',
  cloudformation: 'yaml',
  cdk: 'typescript',
  terraform: 'hcl',
  json: 'json',
}

export type CodeTabsProps = {
  formats: readonly Rendered[]
  /** The texts are those of a moment ago; new ones are on their way. */
  isOld?: boolean
  /** No new ones are on their way: why the texts stay those of the form before. */
  oldBecause?: string | null
  /** What stands on top of the AWS CLI's text at first: the sentence of its first step. Before it are only functions. */
  firstSentence?: string
  /** One more tab at the end: the permissions, for example. */
  more?: { readonly name: string; readonly text: string; readonly fileName: string; readonly remark: string }
  /** Stands beside the tabs. */
  aside?: ReactNode
  className?: string
}

/** The same plan in every language, to copy or to keep as a file. */
export function CodeTabs(props: CodeTabsProps) {
  const { formats, isOld = false, oldBecause = null, firstSentence, more, aside, className } = props
  const [chosen, setChosen] = useState<string>(formats[0]?.format ?? '')
  const tabs = [
    ...formats.map(({ format, ...rest }) => ({
      id: format as string,
      name: formatNames[format],
      language: languages[format],
      ...rest,
    })),
    ...(more
      ? [
          {
            id: 'more',
            name: more.name,
            language: 'json' as const,
            text: more.text,
            fileName: more.fileName,
            remarks: [more.remark],
          },
        ]
      : []),
  ]
  const current = tabs.find((tab) => tab.id === chosen) ?? tabs[0]
  if (!current) return null
  return (
    <Tabs
      selectedKey={current.id}
      onSelectionChange={(key) => setChosen(String(key))}
      className={cn('min-w-0', className)}
    >
      <div className="flex min-w-0 shrink-0 items-center border-line border-b bg-raised pr-2">
        <TabList aria-label="The plan as code" className="min-w-0 flex-1 overflow-x-auto border-b-0 px-4">
          {tabs.map((tab) => (
            <Tab key={tab.id} id={tab.id} className="mb-0 shrink-0 whitespace-nowrap">
              {tab.name}
            </Tab>
          ))}
        </TabList>
        {aside}
        <CopyText text={current.text} name={current.name} />
        <IconButton
          label={`Download ${current.fileName}`}
          side="left"
          onPress={() => download(current.fileName, current.text)}
        >
          <Download aria-hidden />
        </IconButton>
      </div>
      {tabs.map((tab) => (
        <TabPanel key={tab.id} id={tab.id} className="flex min-h-0 flex-col overflow-hidden bg-sunk">
          {tab.remarks.length > 0 && (
            <ul className="flex max-h-32 shrink-0 flex-col gap-1 overflow-auto border-line border-b px-4 py-2 text-ink-soft text-xs">
              {tab.remarks.map((remark) => (
                <li key={remark} className="flex gap-2">
                  <Info aria-hidden className="mt-[3px] size-3 shrink-0" />
                  <span className="wrap-anywhere min-w-0">{remark}</span>
                </li>
              ))}
            </ul>
          )}
          <CodeText
            text={tab.text}
            language={tab.language}
            label={tab.name}
            startLine={tab.id === 'cli' && firstSentence ? lineOf(tab.text, firstSentence) : 0}
            isBusy={isOld && oldBecause === null}
            // Grey, not faint: it stays readable for as long as the form is not what it was made of.
            className={cn('flex-1', (isOld || oldBecause !== null) && 'grayscale')}
          />
        </TabPanel>
      ))}
      {/* Below the code, so that the lines somebody reads stay where they are. */}
      <OldNote because={oldBecause} />
    </Tabs>
  )
}

/** Always there, so that what appears in it is read out. */
function OldNote({ because }: { because: string | null }) {
  return (
    <div role="status" className="shrink-0">
      {because !== null && (
        <p className="flex gap-2 border-line border-t bg-raised px-4 py-2 text-ink-soft text-xs">
          <History aria-hidden className="mt-[3px] size-3 shrink-0" />
          <span className="wrap-anywhere min-w-0">This code is of the form before. {because}</span>
        </p>
      )}
    </div>
  )
}

/** The line that says this as a comment, from 0; the first when none does. */
function lineOf(text: string, sentence: string): number {
  const line = text.split('\n').findIndex((each) => each.startsWith('#') && each.includes(sentence))
  return Math.max(0, line)
}

function CopyText({ text, name }: { text: string; name: string }) {
  const { outcome, copy } = useCopy(text)
  return (
    <>
      <IconButton label={`Copy ${name}`} side="left" onPress={copy}>
        {outcome === 'copied' ? <Check aria-hidden className="text-ok" /> : <CopyGlyph aria-hidden />}
      </IconButton>
      <span role="status" className={outcome === 'refused' ? 'text-2xs text-bad-ink' : 'sr-only'}>
        {outcome === 'copied' && `${name} copied`}
        {outcome === 'refused' && 'the browser refused the clipboard'}
      </span>
    </>
  )
}
