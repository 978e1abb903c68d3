import { describe, expect, it } from 'vitest'
import { placeTooltip } from '@/components/ui/tooltip-place'

const window = { width: 1000, height: 800 }
const anchor = { left: 480, top: 100, width: 40, height: 28 }

describe('placeTooltip', () => {
  it('hangs below the middle', () =>
    expect(placeTooltip(anchor, 'bottom', window)).toEqual({
      left: '500px',
      top: '134px',
      translate: '-50% 0',
    }))
  it('stands above', () => expect(placeTooltip(anchor, 'top', window)).toMatchObject({ bottom: '706px' }))
  it('stands to the right of a rail button', () =>
    expect(placeTooltip({ ...anchor, left: 8 }, 'right', window)).toMatchObject({
      left: '54px',
      top: '114px',
    }))
  it('stands to the left, counted from the right edge', () =>
    expect(placeTooltip(anchor, 'left', window)).toMatchObject({ right: '526px' }))
  it('hangs from the right edge when the middle is too near to it', () => {
    const place = placeTooltip({ ...anchor, left: 955 }, 'bottom', window)
    expect(place).toMatchObject({ right: '5px' })
    expect(place.translate).toBeUndefined()
  })
  it('hangs from the left edge likewise', () =>
    expect(placeTooltip({ ...anchor, left: 2 }, 'bottom', window)).toMatchObject({ left: '4px' }))
})
