import Foundation

/// Shown without its secrets, however it is shown: `print`, `dump`, the debugger, a log.
extension ClientOptions: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var customMirror: Mirror {
        let set: (String?) -> Any = { $0 == nil ? String?.none as Any : "***" }
        return Mirror(
            self,
            children: [
                "timeout": timeout as Any, "connectTimeout": connectTimeout as Any, "totalTimeout": totalTimeout as Any,
                "maxRetries": maxRetries as Any, "maxPerSecond": maxPerSecond as Any,
                "defaultCountryCode": defaultCountryCode as Any, "userAgent": userAgent as Any, "proxy": set(proxy),
                "allowHttp": allowHttp as Any, "caFile": caFile as Any, "poolIdleTimeout": poolIdleTimeout as Any,
                "poolMaxIdle": poolMaxIdle as Any, "maxConnections": maxConnections as Any,
                "graphVersion": graphVersion as Any, "graphUrl": graphUrl as Any,
                "appSecret": set(appSecret), "businessAccountId": businessAccountId as Any,
                "appId": appId as Any, "checkTemplates": checkTemplates as Any, "store": store as Any,
            ],
            displayStyle: .struct)
    }

    /// What is set, without secrets.
    public var description: String {
        let set = customMirror.children.compactMap { child -> String? in
            guard let label = child.label, let value = Mirror(reflecting: child.value).children.first?.value else {
                return child.value is String ? "\(child.label ?? ""): \(child.value)" : nil
            }
            return "\(label): \(value)"
        }
        return "ClientOptions(\(set.joined(separator: ", ")))"
    }

    /// As ``description``.
    public var debugDescription: String { description }
}

extension Receipt: Identifiable {}
extension Conversation: Identifiable {}
extension MessageEvent: Identifiable {}
extension EchoEvent: Identifiable {}
