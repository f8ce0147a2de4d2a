from tests.browser.test_live import *
def test_dbg(shared_app, page, few):
    enter(shared_app, page, few, "power-interest")
    expect(page.locator(".dot")).to_have_count(3)
    st = "() => JSON.stringify([...window.copdashOutboxes]) + ' ' + JSON.stringify({...sessionStorage}) + ' ' + [...window.copdashBoards].map(b=>b.data.board+b.root.isConnected)"
    drag_to_the_left(page, "Province")
    print("A", page.evaluate(st))
    go(page, "Network")
    for _ in range(12):
        print("B", page.evaluate(st), interest(few,"Province"))
        page.wait_for_timeout(150)
    assert 0
