"""A walk over everything that the stand-in answers: each of its addresses at least once, every answer kept."""

from dataclasses import dataclass, field
from typing import Any

import httpx

from service.integrations.stripe.standin import Standin

PDF = b"%PDF-1.7\r\n--not the boundary\r\n\x00\xff"
BACK = "http://127.0.0.1/back"


@dataclass
class Walk:
    raw: httpx.AsyncClient
    standin: Standin
    answers: list[tuple[str, str, Any]] = field(default_factory=list)
    """Method, path and answer."""

    async def get(self, path: str, **query: object) -> Any:
        return self._keep("GET", path, await self.raw.get(path, params={name: str(value) for name, value in query.items()}))

    async def post(self, path: str, form: dict[str, str] | None = None, **files: tuple[str, bytes]) -> Any:
        return self._keep("POST", path, await self.raw.post(path, data=form or {}, files=files or None))

    async def delete(self, path: str) -> Any:
        return self._keep("DELETE", path, await self.raw.delete(path))

    def _keep(self, method: str, path: str, answer: httpx.Response) -> Any:
        assert answer.status_code == 200, f"{method} {path}: {answer.text}"
        said = answer.json() if answer.headers["content-type"] == "application/json" else answer.content
        self.answers.append((method, path, said))
        return said

    async def all(self) -> None:
        await self.saved_methods()
        await self.intents()
        await self.checkout()
        await self.disputes()
        await self.terminal()
        await self.money()
        await self.endpoints()

    async def saved_methods(self) -> None:
        address = {"address[country]": "AT", "address[city]": "Wien"}
        customer = await self.post("/v1/customers", {"email": "ada@example.com", "metadata[a]": "b", **address})
        card = await self.post("/v1/payment_methods", {"type": "card", "card[token]": "tok_visa"})
        await self.post(f"/v1/payment_methods/{card['id']}/attach", {"customer": customer["id"]})
        default = {"invoice_settings[default_payment_method]": card["id"], "name": "Ada"}
        await self.post(f"/v1/customers/{customer['id']}", default)
        await self.post(f"/v1/payment_methods/{card['id']}", {"card[exp_year]": "2040", "billing_details[name]": "Ada"})
        await self.standin.renew_card(payment_method=card["id"])
        await self.standin.decline_method(payment_method=card["id"], decline_code="stolen_card")
        account = {"type": "sepa_debit", "sepa_debit[iban]": "DE89370400440532013000", "billing_details[email]": "ada@example.com"}
        debit = await self.post("/v1/payment_methods", account)
        form = {"customer": customer["id"], "payment_method": debit["id"], "confirm": "true"}
        setup = await self.post("/v1/setup_intents", form)
        await self.post("/v1/payment_intents", {**form, "amount": "900", "currency": "eur", "off_session": "true"})
        await self.get(f"/v1/mandates/{setup['mandate']}")
        await self.standin.withdraw_mandate(mandate=setup["mandate"])
        await self.get(f"/v1/mandates/{setup['mandate']}")
        asks = await self.post("/v1/setup_intents", {"customer": customer["id"], "automatic_payment_methods[enabled]": "true"})
        await self.post(f"/v1/setup_intents/{asks['id']}", {"metadata[c]": "d"})
        await self.post(f"/v1/setup_intents/{asks['id']}/confirm", {"payment_method": "pm_card_authenticationRequired", "return_url": BACK})
        await self.standin.save(setup=asks["id"], payment_method="pm_card_authenticationRequired")
        refused = await self.raw.post("/v1/setup_intents", data={"payment_method": "pm_card_chargeDeclined", "confirm": "true"})
        self.answers.append(("POST", "/v1/setup_intents", refused.json()["error"]["setup_intent"]))
        gone = await self.post("/v1/setup_intents")
        await self.post(f"/v1/setup_intents/{gone['id']}/cancel", {"cancellation_reason": "duplicate"})
        await self.get(f"/v1/setup_intents/{setup['id']}", **{"expand[]": "latest_attempt"})
        await self.get("/v1/setup_intents", customer=customer["id"])
        await self.get("/v1/payment_methods", customer=customer["id"], type="card")
        await self.get(f"/v1/payment_methods/{debit['id']}")
        await self.get(f"/v1/customers/{customer['id']}/payment_methods")
        await self.get(f"/v1/customers/{customer['id']}/payment_methods/{card['id']}")
        await self.post(f"/v1/payment_methods/{card['id']}/detach")
        await self.get("/v1/customers")
        await self.get(f"/v1/customers/{customer['id']}", **{"expand[]": "invoice_settings.default_payment_method"})
        await self.delete(f"/v1/customers/{customer['id']}")

    async def paid(self, card: str = "pm_card_visa", **more: str) -> Any:
        form = {"amount": "5000", "currency": "eur", "payment_method": card, "confirm": "true", **more}
        return await self.post("/v1/payment_intents", form)

    async def intents(self) -> None:
        form = {"amount": "500", "currency": "eur", "automatic_payment_methods[enabled]": "true", "metadata[a]": "b"}
        intent = await self.post("/v1/payment_intents", form)
        await self.post(f"/v1/payment_intents/{intent['id']}", {"amount": "600", "description": "Invoice 7"})
        await self.post(f"/v1/payment_intents/{intent['id']}/confirm", {"payment_method": "pm_card_visa"})
        asked = await self.paid("pm_card_authenticationRequired", return_url=BACK)
        await self.paid("pm_card_authenticationRequired")
        refused = await self.raw.post(
            "/v1/payment_intents", data={**form, "payment_method": "pm_card_chargeDeclined", "confirm": "true", "off_session": "true"}
        )
        self.answers.append(("POST", "/v1/payment_intents", refused.json()["error"]["payment_intent"]))
        await self.post(f"/v1/payment_intents/{asked['id']}/cancel", {"cancellation_reason": "duplicate"})
        for form in ({"amount_to_capture": "4000"}, {}):
            held = await self.paid(capture_method="manual")
            await self.post(f"/v1/payment_intents/{held['id']}/capture", form)
        await self.paid(capture_method="manual")
        await self.standin.advance(seconds=8 * 24 * 3600)
        refund = await self.post("/v1/refunds", {"payment_intent": intent["id"], "amount": "100", "reason": "duplicate"})
        await self.standin.fail_refund(refund=refund["id"])
        await self.get(f"/v1/refunds/{refund['id']}", **{"expand[]": "failure_balance_transaction"})
        await self.post(f"/v1/refunds/{refund['id']}", {"metadata[a]": "b"})
        funded = await self.post("/v1/payment_intents", {"amount": "900", "currency": "eur"})
        for amount in (400, 500):
            await self.standin.fund(intent=funded["id"], amount=amount)
            funded = await self.get(f"/v1/payment_intents/{funded['id']}")
        await self.get(f"/v1/charges/{funded['latest_charge']}")
        await self.get(f"/v1/payment_methods/{funded['payment_method']}")
        pending = await self.paid("pm_card_pendingRefund")
        asking = await self.post("/v1/refunds", {"charge": pending["latest_charge"], "amount": "100"})
        await self.standin.need_customer(refund=asking["id"])
        await self.get(f"/v1/refunds/{asking['id']}")
        await self.post(f"/v1/refunds/{asking['id']}/cancel")
        expiring = await self.post("/v1/refunds", {"charge": pending["latest_charge"]})
        await self.standin.need_customer(refund=expiring["id"])
        await self.post(f"/v1/test_helpers/refunds/{expiring['id']}/expire")
        await self.get("/v1/refunds")
        await self.get("/v1/payment_intents")
        await self.get(f"/v1/payment_intents/{intent['id']}", **{"expand[]": "latest_charge.balance_transaction"})
        await self.get("/v1/charges", payment_intent=intent["id"])
        await self.get(f"/v1/charges/{pending['latest_charge']}", **{"expand[]": "refunds"})
        await self.post(f"/v1/charges/{pending['latest_charge']}", {"metadata[a]": "b"})

    async def session(self, **more: str) -> Any:
        form = {
            "mode": "payment",
            "success_url": BACK,
            "line_items[0][price_data][currency]": "eur",
            "line_items[0][price_data][unit_amount]": "1500",
            "line_items[0][price_data][product_data][name]": "Invoice 7",
            "line_items[0][quantity]": "2",
        }
        return await self.post("/v1/checkout/sessions", {**form, **more})

    async def checkout(self) -> None:
        for iban in ("DE89370400440532013000", "DE62370400440532013001"):
            session = await self.session(customer_email="ada@example.com")
            await self.standin.submit(session=session["id"], payment_method=iban)
            await self.standin.advance(seconds=200)
        paid = await self.session(**{"payment_intent_data[setup_future_usage]": "off_session"})
        await self.standin.submit(session=paid["id"])
        saves = await self.post("/v1/checkout/sessions", {"mode": "setup", "currency": "eur", "success_url": BACK})
        await self.standin.submit(session=saves["id"])
        left = await self.session()
        await self.post(f"/v1/checkout/sessions/{left['id']}/expire")
        await self.get("/v1/checkout/sessions", status="complete")
        await self.get(f"/v1/checkout/sessions/{paid['id']}", **{"expand[]": "line_items"})
        await self.get(f"/v1/checkout/sessions/{paid['id']}/line_items")

    async def disputes(self) -> None:
        file = await self.post("/v1/files", {"purpose": "dispute_evidence"}, file=("receipt.pdf", PDF))
        assert await self.get(f"/v1/files/{file['id']}/contents") == PDF
        await self.get(f"/v1/files/{file['id']}")
        await self.get("/v1/files")
        for card in (
            "pm_card_createDispute",
            "pm_card_createDisputeInquiry",
            "pm_card_createIssuerFraudRecord",
            "pm_card_riskLevelElevated",
        ):
            await self.paid(card)
        sepa = await self.post("/v1/payment_methods", {"type": "sepa_debit", "sepa_debit[iban]": "DE65370400440532013002"})
        await self.paid(sepa["id"])
        await self.standin.advance(seconds=300)
        listed = (await self.get("/v1/disputes"))["data"]
        sent, asked, first = listed
        await self.standin.escalate(dispute=asked["id"])
        await self.get(f"/v1/disputes/{asked['id']}")
        form = {"evidence[uncategorized_text]": "winning_evidence", "evidence[receipt]": file["id"], "submit": "false"}
        await self.post(f"/v1/disputes/{first['id']}", form)
        await self.post(f"/v1/disputes/{first['id']}", {"submit": "true"})
        await self.post(f"/v1/disputes/{sent['id']}/close")
        await self.standin.advance(seconds=60)
        warned = (await self.get("/v1/radar/early_fraud_warnings"))["data"][0]
        await self.post("/v1/refunds", {"charge": warned["charge"], "reason": "fraudulent"})
        await self.get(f"/v1/radar/early_fraud_warnings/{warned['id']}")
        review = (await self.get("/v1/reviews"))["data"][0]
        await self.get(f"/v1/reviews/{review['id']}")
        await self.post(f"/v1/reviews/{review['id']}/approve")

    async def terminal(self) -> None:
        place = {"display_name": "Van 7", "address[country]": "AT", "address[line1]": "Ring 1", "address[city]": "Wien"}
        location = await self.post("/v1/terminal/locations", place)
        await self.post(f"/v1/terminal/locations/{location['id']}", {"display_name": "Van 8"})
        await self.get(f"/v1/terminal/locations/{location['id']}")
        await self.get("/v1/terminal/locations")
        await self.post("/v1/terminal/connection_tokens", {"location": location["id"]})
        form = {"registration_code": "simulated-s700", "location": location["id"]}
        reader = await self.post("/v1/terminal/readers", form)
        here, helper = f"/v1/terminal/readers/{reader['id']}", f"/v1/test_helpers/terminal/readers/{reader['id']}"
        await self.post(here, {"label": "Van 8"})
        await self.get("/v1/terminal/readers", status="online")
        present = {"amount": "700", "currency": "eur", "allowed_payment_method_types[]": "card_present"}
        intent = await self.post("/v1/payment_intents", present)
        await self.post(f"{here}/process_payment_intent", {"payment_intent": intent["id"], "process_config[skip_tipping]": "true"})
        await self.post(f"{here}/cancel_action")
        await self.post(f"{here}/process_payment_intent", {"payment_intent": intent["id"]})
        await self.post(f"{helper}/present_payment_method", {"card_present[number]": "4000000000000002"})
        await self.post(f"{here}/process_payment_intent", {"payment_intent": intent["id"]})
        await self.post(f"{helper}/present_payment_method")
        await self.standin.double_offline(intent=intent["id"])
        setup = await self.post("/v1/setup_intents", {"allowed_payment_method_types[]": "card_present"})
        await self.post(f"{here}/process_setup_intent", {"setup_intent": setup["id"], "allow_redisplay": "always"})
        await self.post(f"{helper}/present_payment_method")
        asked = {"inputs[0][type]": "signature", "inputs[0][custom_text][title]": "Sign"}
        choice = {"inputs[1][type]": "selection", "inputs[1][custom_text][title]": "Well?", "inputs[1][selection][choices][0][text]": "Yes"}
        number = {"inputs[2][type]": "numeric", "inputs[2][custom_text][title]": "How many?"}
        await self.post(f"{here}/collect_inputs", {**asked, **choice, **number})
        await self.post(f"{helper}/succeed_input_collection")
        await self.post(f"{here}/collect_inputs", asked)
        await self.post(f"{helper}/timeout_input_collection")
        cart = {"type": "cart", "cart[currency]": "eur", "cart[total]": "5", "cart[line_items][0][amount]": "5"}
        item = {"cart[line_items][0][description]": "Visit", "cart[line_items][0][quantity]": "1"}
        await self.post(f"{here}/set_reader_display", {**cart, **item})
        await self.post(f"{here}/refund_payment", {"payment_intent": intent["id"], "amount": "100"})
        await self.post(f"{helper}/present_payment_method")
        await self.get(here)
        await self.delete(here)
        await self.delete(f"/v1/terminal/locations/{location['id']}")

    async def money(self) -> None:
        await self.standin.pay_out()
        await self.standin.advance(seconds=2 * 24 * 3600)
        carried = (await self.get("/v1/payouts", status="paid"))["data"][0]
        await self.get(f"/v1/payouts/{carried['id']}", **{"expand[]": "balance_transaction"})
        await self.get("/v1/balance_transactions", payout=carried["id"], **{"expand[]": "data.source"})
        await self.standin.fail_payout(payout=carried["id"])
        await self.standin.behave(payouts="manual")
        form = {"amount": "100", "currency": "eur"}
        for verb in ({"metadata[a]": "b"}, {}):
            manual = await self.post("/v1/payouts", form)
            await self.post(f"/v1/payouts/{manual['id']}{'' if verb else '/cancel'}", verb)
        await self.get("/v1/balance")
        found = (await self.get("/v1/balance_transactions", limit=100))["data"]
        await self.get(f"/v1/balance_transactions/{found[0]['id']}")

    async def endpoints(self) -> None:
        made = await self.post("/v1/webhook_endpoints", {"url": "http://127.0.0.1:1/", "enabled_events[]": "account.updated"})
        await self.post(f"/v1/webhook_endpoints/{made['id']}", {"disabled": "true", "metadata[a]": "b"})
        await self.get(f"/v1/webhook_endpoints/{made['id']}")
        await self.get("/v1/webhook_endpoints")
        await self.delete(f"/v1/webhook_endpoints/{made['id']}")
        page = await self.get("/v1/events", limit=100)
        while page["has_more"]:
            page = await self.get("/v1/events", limit=100, starting_after=page["data"][-1]["id"])
        await self.get(f"/v1/events/{page['data'][0]['id']}")
