import Wamid
import XCTest

final class ClientTests: XCTestCase {
    func testAnArgumentThatBreaksARuleIsNamed() {
        XCTAssertThrowsError(try Client.cloud(accessToken: "", phoneNumberId: "1066")) { error in
            guard case WamidError.InvalidInput(let failure) = error else { return XCTFail("\(error)") }
            XCTAssertEqual(failure.field, "access_token")
        }
    }
}
