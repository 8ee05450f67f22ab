// Transport, clock, ruler with its flags, lanes, convergence and traffic loss.
import { expect, type Locator, type Page } from '@playwright/test'
import type { Commands } from './commands.ts'

export class Timeline {
  readonly region: Locator
  readonly clock: Locator
  readonly play: Locator
  readonly pause: Locator
  readonly playhead: Locator
  readonly branch: Locator
  readonly losses: Locator

  constructor(
    private readonly page: Page,
    private readonly commands: Commands,
  ) {
    this.region = page.getByRole('region', { name: 'Timeline' })
    this.clock = page.getByRole('status', { name: 'Time', exact: true })
    this.play = this.region.getByRole('button', { name: 'Play', exact: true })
    this.pause = this.region.getByRole('button', { name: 'Pause', exact: true })
    this.playhead = this.region.getByRole('slider', { name: 'Playhead' })
    this.branch = this.region.getByRole('button', { name: /^Branch: / })
    this.losses = this.region.getByRole('button', { name: /pod pairs? lose traffic/ })
  }

  /** `01:00.000`; in slow motion the clock shows one digit more. */
  async shows(time: string): Promise<void> {
    await expect(this.clock).toHaveText(new RegExp(`^${time.replace('.', '\\.')}\\d?$`))
  }

  async seconds(): Promise<number> {
    const [minutes = '0', seconds = '0'] = ((await this.clock.textContent()) ?? '').split(':')
    return Number(minutes) * 60 + Number(seconds)
  }

  /** Types a time (`mm:ss.mmm`) into the command palette. */
  async goTo(time: string): Promise<void> {
    await this.commands.run(time, `Go to ${time}`)
    await this.shows(time)
  }

  async toEnd(): Promise<void> {
    await this.region.getByRole('button', { name: 'To the latest computed time' }).click()
  }

  button(name: string): Locator {
    return this.region.getByRole('button', { name, exact: true })
  }

  /** A person's action on the ruler. */
  flag(name: string | RegExp): Locator {
    return this.region.getByRole('button', { name })
  }

  /** Drags the playhead along the ruler to a share of its width. */
  async scrubTo(share: number): Promise<void> {
    const box = await this.playhead.boundingBox()
    if (!box) throw new Error('the ruler has no place on screen')
    const y = box.y + box.height / 2
    await this.page.mouse.move(box.x + box.width * 0.5, y)
    await this.page.mouse.down()
    await this.page.mouse.move(box.x + box.width * share, y, { steps: 6 })
    await this.page.mouse.up()
  }
}
