/* Holds a file open until standard input ends, as a viewer of PDFs does. Usage: hold FILE none|read|all */
#include <stdio.h>
#include <string.h>
#include <windows.h>

int wmain(int count, wchar_t **words)
{
    if (count != 3)
        return 2;
    DWORD share = 0;
    if (!wcscmp(words[2], L"read"))
        share = FILE_SHARE_READ;
    if (!wcscmp(words[2], L"all"))
        share = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;
    HANDLE file = CreateFileW(words[1], GENERIC_READ, share, NULL, OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE)
        return 1;
    puts("held");
    fflush(stdout);
    getchar();
    return 0;
}
