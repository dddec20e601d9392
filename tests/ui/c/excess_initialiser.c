int main(void)
{
    int pair[2] = {1, 2, 3}; //~ WARN FH1304
    return pair[0] - 1;
}
