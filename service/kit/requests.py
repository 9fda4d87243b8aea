"""What a handler is given: bodies and forms, read strictly."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Request
from litestar.datastructures import FormMultiDict, State, UploadFile

from service.kit import malformed, strict_json
from service.kit.card_numbers import refuse_card_numbers_in
from service.kit.refusals import BodyEncoded, InvalidDocument, WrongMediaType

NOTHING = UUID(int=0)
"""The id before every other: lists begin after it."""


class StrictRequest(Request[Any, Any, State]):
    """A request whose JSON is decoded without any coercion, straight into the type its handler declares."""

    async def body(self) -> bytes:
        """What every body is read by; raises BodyEncoded: what unpacks small bodies to large ones has no place before the limits."""
        if self.headers.get("content-encoding", "identity").strip().lower() not in {"identity", ""}:
            raise BodyEncoded
        return await super().body()

    async def json(self) -> Any:
        """The body as the handler's declared type; raises InvalidDocument, WrongMediaType."""
        if self.headers.get("content-type", "").split(";")[0].strip().lower() not in {"application/json", ""}:
            raise WrongMediaType
        body = await self.body() or b"null"
        document = strict_json.decode(body)
        refuse_card_numbers_in(body, document)
        field = self.route_handler.parsed_data_field
        try:
            read = msgspec.convert(document, field.annotation if field else Any, strict=True)
        except msgspec.ValidationError as error:
            raise InvalidDocument(f"{malformed.told(error, field.annotation if field else Any)}.") from None
        if getattr(read, "id", None) == NOTHING:
            raise InvalidDocument("`id` is the nil UUID, which names nothing.")
        return read

    async def upload(self, name: str) -> tuple[dict[str, str], bytes]:
        """A page's form with one file of that name, which is empty where none was chosen; raises WrongMediaType, InvalidDocument."""
        if self.headers.get("content-type", "").split(";")[0].strip().lower() != "multipart/form-data":
            raise WrongMediaType
        try:
            form = await super().form()
        except ValueError:
            raise InvalidDocument("The form can't be read.") from None
        texts = {key: value for key, value in form.multi_items() if isinstance(value, str) and value != ""}
        files = [value for key, value in form.multi_items() if key == name and isinstance(value, UploadFile)]
        return texts, await files[0].read() if files else b""

    async def form(self) -> FormMultiDict:
        """A page's form, of texts alone; raises WrongMediaType, InvalidDocument."""
        if self.headers.get("content-type", "").split(";")[0].strip().lower() != "application/x-www-form-urlencoded":
            raise WrongMediaType
        try:
            return await super().form()
        except ValueError:
            raise InvalidDocument("The form can't be read.") from None
