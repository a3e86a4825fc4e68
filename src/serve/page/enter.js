// The page for those who have no permission yet: redeems the one-time code.

const told = document.getElementById('told');
document.getElementById('enter').addEventListener('submit', async (event) => {
  event.preventDefault();
  const code = document.getElementById('code');
  try {
    const answer = await fetch('/enter', {
      method: 'POST',
      headers: { 'X-Gongbao': '1', 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ code: code.value.trim() }),
    });
    if (answer.ok) return location.replace('/' + location.hash);
    told.textContent = '口令不对，或者已经过时。请重新运行一次启动程序。';
  } catch (error) {
    told.textContent = '程序没有应答。请看启动窗口是否还开着。';
  }
  code.select();
  return undefined;
});
