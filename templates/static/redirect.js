// Sends readers on from an old address, and keeps what follows "#" in it.
{
  const to = new URL(document.currentScript.dataset.to, document.baseURI);
  if (!to.hash) to.hash = location.hash;
  location.replace(to);
}
