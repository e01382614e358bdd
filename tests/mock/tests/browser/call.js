async ({ tag, id, parameters, body }) => {
  const find = async (root, selector) => {
    for (let waited = 0; waited < 20_000; waited += 25) {
      const found = root.querySelector(selector);
      if (found) return found;
      await new Promise((done) => setTimeout(done, 25));
    }
    throw new Error(`${tag} ${id}: there is no ${selector} in ${root.textContent}`);
  };
  // Sets a field as typing does, so that the page receives the event.
  const type = (field, text) => {
    const prototype = Object.getPrototypeOf(field);
    Object.getOwnPropertyDescriptor(prototype, "value").set.call(field, text);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const service = await find(document, `[id="operations-tag-${tag}"]`);
  if (service.dataset.isOpen !== "true") service.click();
  const operation = await find(document, `[id$="-${id}"]`);
  (await find(operation, ".opblock-summary-control")).click();
  await find(operation, ".execute");
  for (const [name, value] of Object.entries(parameters)) {
    type(await find(operation, `tr[data-param-name="${name}"] input`), value);
  }
  if (body !== null) type(await find(operation, ".body-param textarea"), JSON.stringify(body));
  // The page applies input after a delay.
  await new Promise((done) => setTimeout(done, 500));
  (await find(operation, ".execute")).click();
  const response = await find(operation, ".live-responses-table .response");
  const shown = response.querySelector(".highlight-code code, .highlight-code pre");
  return {
    status: response.querySelector(".response-col_status").innerText,
    body: shown ? shown.innerText : "",
  };
}
