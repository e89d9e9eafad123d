// Which pieces of text stand out too little from what is behind them (WCAG 2.2, 1.4.3: at least 4.5 to 1).
const channel = (value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const luminance = ([red, green, blue]) =>
  0.2126 * channel(red / 255) + 0.7152 * channel(green / 255) + 0.0722 * channel(blue / 255);
const colour = (said) => {
  const parts = said.match(/[\d.]+/g).map(Number);
  return parts.length > 3 && parts[3] === 0 ? null : parts.slice(0, 3);
};
const behind = (element) => {
  for (; element; element = element.parentElement) {
    const found = colour(getComputedStyle(element).backgroundColor);
    if (found) return found;
  }
  return [255, 255, 255];
};
const poor = new Set();
for (const element of document.querySelectorAll("main *, header *, footer *")) {
  const holdsText = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  if (element.closest("svg") || !holdsText) continue;
  const pair = [luminance(colour(getComputedStyle(element).color)), luminance(behind(element))];
  const ratio = (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
  if (ratio < 4.5) poor.add(`${element.tagName}.${element.className}: ${ratio.toFixed(2)}`);
}
return [...poor];
