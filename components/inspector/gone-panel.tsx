'use client'

import { Unlink } from 'lucide-react'
import { Button } from '../ui/button'
import { Copy } from '../ui/copy'
import { PanelHead } from './panel-head'

/** The address names something that the map does not hold: deleted since, or from another account. */
export function GonePanel({ id, onClose }: { id: string; onClose: () => void }) {
  return (
    <>
      <PanelHead glyph={<Unlink aria-hidden />} title="Not on the map" subtitle={id} onClose={onClose} />
      <div className="flex flex-col items-start gap-3 border-line border-t px-4 py-4 text-ink-soft text-sm">
        <p>
          The link names <Copy name="id" value={id} length={36} className="align-baseline" />. It was deleted
          meanwhile, or it belongs to another account or region than the one shown above.
        </p>
        <Button onPress={onClose}>Close inspector</Button>
      </div>
    </>
  )
}
