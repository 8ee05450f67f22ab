// The editor of manifests and of an outside router's bird.conf.
import { expect, type Locator, type Page } from '@playwright/test'

export class Editor {
  readonly region: Locator
  readonly text: Locator
  readonly state: Locator

  constructor(private readonly page: Page) {
    this.region = page.getByRole('region', { name: 'Editor', exact: true })
    this.text = this.region.getByRole('textbox')
    this.state = this.region.getByRole('status')
  }

  async open(): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Palette' }).getByRole('button', { name: 'YAML' }).click()
    await expect(this.text).toBeFocused()
  }

  async write(text: string): Promise<void> {
    await this.text.focus()
    await this.page.keyboard.press('Control+a')
    await this.page.keyboard.insertText(text)
  }

  async apply(): Promise<void> {
    await this.region.getByRole('button', { name: /^Apply/ }).click()
  }
}
