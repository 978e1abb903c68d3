'use client'

import { FileUp } from 'lucide-react'
import { useRef, useState } from 'react'
import { Button } from '../ui/button'
import { cn } from '../ui/class-names'
import { TextArea } from '../ui/text-area'
import { mostCharacters } from './json-kind'

type JsonDropProps = { text: string; onChange: (text: string) => void; problem: string | null }

/** JSON by pasting, dropping a file or choosing one. */
export function JsonDrop({ text, onChange, problem }: JsonDropProps) {
  const [over, setOver] = useState(false)
  const [refused, setRefused] = useState<string | null>(null)
  const picker = useRef<HTMLInputElement>(null)
  const take = (file: File | undefined) => {
    if (!file) return
    // Read no farther than could be used.
    if (file.size > 4 * mostCharacters) return setRefused(`${file.name} is too large for a plan.`)
    file.text().then(
      (content) => {
        setRefused(null)
        onChange(content)
      },
      (error: unknown) => setRefused(error instanceof Error ? error.message : String(error)),
    )
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is one of three ways; the field and the button are the others
    <div
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        take(event.dataTransfer.files[0])
      }}
      className={cn(
        'flex flex-col gap-2 rounded-card',
        over && 'outline-2 outline-accent outline-dashed outline-offset-4',
      )}
    >
      <TextArea
        label="JSON"
        value={text}
        onChange={(next) => {
          setRefused(null)
          onChange(next)
        }}
        error={refused ?? problem ?? undefined}
        mono
        rows={14}
        autoFocus
        placeholder="Paste it here, or drop a file"
      />
      <Button onPress={() => picker.current?.click()} className="self-start">
        <FileUp aria-hidden />
        Choose a file…
      </Button>
      <input
        ref={picker}
        type="file"
        accept=".json,application/json"
        aria-label="JSON file"
        tabIndex={-1}
        onChange={(event) => take(event.target.files?.[0])}
        className="sr-only"
      />
    </div>
  )
}
